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

/** Starts a test runner, which gets the name of a file for its counts. Resolves to its exit code and to the counts. */
async function countsOf(start) {
  runners += 1;
  const file = join(root, `.cache/counts-${runners}.json`);
  const code = await start(file);
  return { code, counts: takeCounts(file) };
}

/** Like `countsOf()`, as the counts of a step. The exit code counts too: a runner can fail although no test did. */
async function stepCountsOf(start) {
  const { code, counts = { failed: 1 } } = await countsOf(start);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Folders whose tests run in Node. */
const nodeFolders = ['test/node', 'test/signals'];

async function nodeTests() {
  const print = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const files = nodeFolders.flatMap(testFiles);
  // By default, Node leaves one of the processors out.
  const concurrency = `--test-concurrency=${availableParallelism()}`;
  return stepCountsOf((counts) => {
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

/** Runs test files in an engine. Resolves to the counts of each file that was run. */
async function runTests(id, files) {
  const { counts } = await countsOf((name) =>
    runBeside('wtr', ['--files', ...files], { ENGINES: id, [countsVariable]: name }),
  );
  return new Map(counts?.files.map((run) => [run.file, run.counts]));
}

/**
 * Runs test files in an engine. Files that failed run once more by themselves: many tests happen in real time, and a machine
 * that does other work can be late. So do those that were not run, because the browser crashed before. A file that passes
 * at a later try is listed as `flaky`.
 */
async function testIn(id, files) {
  const { name } = engines[id];
  const counts = new Map();
  const flaky = [];
  let left = files;
  for (let tries = 1; left.length > 0 && tries <= MOST_TRIES; tries += 1) {
    if (tries > 1) console.error(`${name}: these run once more: ${left.join(', ')}`);
    const runs = await runTests(id, left);
    for (const [file, count] of runs) {
      if (counts.get(file)?.failed > 0 && count.failed === 0) flaky.push({ file, engine: name });
      counts.set(file, count);
    }
    const hasCrashed = runs.size < left.length;
    if (hasCrashed) {
      console.error(`${name} crashed after ${runs.size} of ${left.length} files.`);
      flaky.push({ file: 'a crash of the browser', engine: name });
    }
    const failed = left.filter((file) => counts.get(file)?.failed > 0);
    if (failed.length > MOST_RETRIED_FILES) break;
    left = hasCrashed || tries === 1 ? left.filter((file) => counts.get(file)?.failed !== 0) : [];
  }
  const failures = files.filter((file) => counts.get(file)?.failed !== 0).map((file) => ({ file, engine: name }));
  const notRun = files.filter((file) => !counts.has(file));
  return { ...sumOf([...counts.values(), { failed: notRun.length }]), flaky, failures };
}

/** How often files are run, of which each second and later time follows a crash of the browser or a failure. */
const MOST_TRIES = 4;

/** When more files fail, the reason is not chance. */
const MOST_RETRIED_FILES = 12;

/** Whether an engine is available. The first step has reported and counted those that are missing. */
const isAvailable = async (id) => engines[id].required || Boolean(await engines[id].find());

const browserTests = (id) => async () => ((await isAvailable(id)) ? testIn(id, browserFiles()) : {});

async function stories() {
  return stepCountsOf((counts) => runBeside(process.execPath, ['scripts/stories.js'], { [countsVariable]: counts }));
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
  // A browser waits for half of the time, so that two of them have enough of two processors. Of three, WebKitGTK starves.
  [[...stepsIn('chromium'), { name: 'stories', run: stories }], stepsIn('firefox', 'webkit')],
];
