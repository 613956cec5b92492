/** The steps of `npm test`, in their order. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { installPackages, missingPackages } from './browsers/apt.js';
import { absence, chosenEngines, engines, obtain, packagesFor } from './browsers/engines.js';
import { root, run, runBeside } from './process.js';
import { countsVariable, sumOf, takeCounts } from './test-counts.js';

// Biome writes colours even where there is no terminal.
const colours = process.stdout.isTTY ? [] : ['--colors=off'];

/** A step that passes when a program exits with 0. */
function program(command, ...args) {
  return async () => ((await run(command, args)) === 0 ? { passed: 1 } : { failed: 1 });
}

/** Installs all packages at once, so that one line says which. Engines that are still missing are then tried singly. */
async function browsers() {
  const packages = [...chosenEngines().flatMap(packagesFor), 'janus', 'coturn'];
  const missing = await missingPackages([...new Set(packages)]);
  if (missing.length > 0) await installPackages(missing);

  const counts = { passed: 0, failed: 0, skipped: 0 };
  const found = [];
  for (const engine of chosenEngines()) {
    if (await obtain(engine)) {
      found.push(engine.name);
      counts.passed += 1;
    } else {
      console.error(absence(engine));
      counts[engine.required ? 'failed' : 'skipped'] += 1;
    }
  }
  console.log(`The tests run in ${found.join(', ') || 'no engine'}.`);
  return counts;
}

function testFiles(folder) {
  const names = readdirSync(join(root, folder), { recursive: true });
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(folder, name));
}

let runners = 0;

/**
 * Starts a test runner, which gets a file for its counts. Resolves to these. The exit code counts too: a runner can fail
 * although no test did.
 */
async function countsOf(start) {
  runners += 1;
  const file = join(root, `.cache/counts-${runners}.json`);
  const code = await start(file);
  const counts = takeCounts(file);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Folders whose tests run in Node. */
const nodeFolders = ['test/node', 'test/signals'];

async function nodeTests() {
  const print = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const files = nodeFolders.flatMap(testFiles);
  // By default, Node leaves one of the processors out.
  const concurrency = `--test-concurrency=${availableParallelism()}`;
  return countsOf((counts) => {
    const count = ['--test-reporter=./scripts/node-test-reporter.js', `--test-reporter-destination=${counts}`];
    return run(process.execPath, ['--import', 'tsx', '--test', concurrency, ...print, ...count, ...files]);
  });
}

/**
 * The test files for browsers. The signals are pure functions and tested in Node; a browser runs only the test that compares
 * their bits.
 */
const browserFiles = () => [
  ...testFiles('test').filter((file) => !nodeFolders.some((folder) => file.startsWith(`${folder}/`))),
  'test/signals/golden.test.ts',
];

const runTests = (id, files) =>
  countsOf((counts) => runBeside('wtr', ['--files', ...files], { ENGINES: id, [countsVariable]: counts }));

/**
 * Runs test files in an engine. After a crash of the browser all files run a second time, in a new process. A file that
 * failed runs a second time by itself: many tests happen in real time, and a machine that does other work can be late. A
 * second failure counts; a file that passes at its second try is listed as `flaky`.
 */
async function testIn(id, files) {
  const { name } = engines[id];
  const flaky = [];
  let first = await runTests(id, files);
  if (first.crashed) {
    console.error(`${name} crashed during the tests: they run a second time.`);
    first = await runTests(id, files);
    if (!first.crashed) flaky.push({ file: 'a crash of the browser', engine: name });
  }
  const { failures = [] } = first;
  if (first.crashed || failures.length === 0 || failures.length > MOST_RETRIED_FILES) return { ...first, flaky };
  const failed = failures.map(({ file }) => file);
  console.error(`${name}: these run a second time: ${failed.join(', ')}`);
  const second = await runTests(id, failed);
  const isMended = ({ file }) => !second.failures?.some((failure) => failure.file === file);
  if (!second.crashed) flaky.push(...failures.filter(isMended).map(({ file }) => ({ file, engine: name })));
  for (const { file } of flaky) console.error(`flaky: ${file} in ${name}`);
  return { ...sumOf([first, ...failures.map(({ counts }) => negative(counts)), second]), flaky };
}

/** When more files fail, the reason is not chance. */
const MOST_RETRIED_FILES = 5;

const negative = (counts) => Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, -count]));

/** Whether an engine is available. The first step has reported and counted those that are missing. */
const isAvailable = async (id) => engines[id].required || Boolean(await engines[id].find());

const browserTests = (id) => async () => ((await isAvailable(id)) ? testIn(id, browserFiles()) : {});

async function stories() {
  return countsOf((counts) => runBeside(process.execPath, ['scripts/stories.js'], { [countsVariable]: counts }));
}

/** The steps with the tests of some engines, of those that were chosen. */
const stepsIn = (...ids) =>
  ids
    .filter((id) => chosenEngines().includes(engines[id]))
    .map((id) => ({ name: `tests in ${engines[id].name}`, run: browserTests(id) }));

/**
 * The steps, and lists of steps that run side by side. After the failure of an `essential` one, the others would only fail
 * because of it.
 */
export const steps = [
  { name: 'browsers', run: browsers, essential: true },
  { name: 'build', run: program('node', 'scripts/build.js'), essential: true },
  { name: 'types', run: program('tsc', '--project', 'tsconfig.json') },
  { name: 'lint', run: program('biome', 'ci', '--error-on-warnings', ...colours) },
  { name: 'manifest', run: program('node', 'scripts/analyze.js', '--check') },
  { name: 'public API', run: program('node', 'scripts/api.js', '--check') },
  { name: 'tests in Node', run: nodeTests },
  // A browser waits for half of the time, so that two of them have enough of two processors. Three have not.
  [[...stepsIn('chromium'), { name: 'stories', run: stories }], stepsIn('firefox', 'webkit')],
];
