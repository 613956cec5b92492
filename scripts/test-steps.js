/** The steps of `npm test`, in their order. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { installPackages, missingPackages } from './browsers/apt.js';
import { absence, chosenEngines, engines, obtain, packagesFor } from './browsers/engines.js';
import { root, run } from './process.js';
import { countsVariable, sumOf, takeCounts } from './test-counts.js';

// Biome writes colours even where there is no terminal.
const colours = process.stdout.isTTY ? [] : ['--colors=off'];

const countsFile = join(root, '.cache/counts.json');

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

/** The counts that a test runner has left. Its exit code counts too: a runner can fail although no test did. */
function countsAfter(code) {
  const counts = takeCounts(countsFile);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Folders whose tests run in Node. */
const nodeFolders = ['test/node', 'test/signals'];

async function nodeTests() {
  const print = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const count = ['--test-reporter=./scripts/node-test-reporter.js', `--test-reporter-destination=${countsFile}`];
  const files = nodeFolders.flatMap(testFiles);
  // By default, Node leaves one of the processors out.
  const concurrency = `--test-concurrency=${availableParallelism()}`;
  return countsAfter(
    await run(process.execPath, ['--import', 'tsx', '--test', concurrency, ...print, ...count, ...files]),
  );
}

/**
 * The test files for browsers: `rtc` are those that mostly wait for servers. The signals are pure functions and tested in
 * Node; a browser runs only the test that compares their bits.
 */
function browserFiles() {
  const files = testFiles('test').filter((file) => !nodeFolders.some((folder) => file.startsWith(`${folder}/`)));
  const waits = (file) => /^test\/rtc\/|\/(rtc-loopback|publish-and-play)\.test/.test(file);
  return { own: [...files.filter((file) => !waits(file)), 'test/signals/golden.test.ts'], rtc: files.filter(waits) };
}

const runTests = async (ids, files) =>
  countsAfter(await run('wtr', ['--files', ...files], { ENGINES: ids.join(), [countsVariable]: countsFile }));

/**
 * Runs test files in some engines. After a crash of a browser all files run a second time, in a new process. A file that
 * failed in an engine runs a second time by itself: many tests happen in real time, and a machine that does other work
 * can be late. A second failure counts; a file that passes at its second try is listed as `flaky`.
 */
async function testIn(ids, files) {
  const names = ids.map((id) => engines[id].name).join(' and ');
  const flaky = [];
  let first = await runTests(ids, files);
  if (first.crashed) {
    console.error(`${names} crashed during the tests: they run a second time.`);
    first = await runTests(ids, files);
    if (!first.crashed) flaky.push({ file: 'a crash of the browser', engine: names });
  }
  const { failures = [] } = first;
  if (first.crashed || failures.length === 0 || new Set(failures.map(({ file }) => file)).size > MOST_RETRIED_FILES) {
    return { ...first, flaky };
  }
  const seconds = [];
  for (const id of ids) {
    const failed = failures.filter(({ engine }) => engine === engines[id].name);
    if (failed.length === 0) continue;
    console.error(`${engines[id].name}: these run a second time: ${failed.map(({ file }) => file).join(', ')}`);
    const second = await runTests(
      [id],
      failed.map(({ file }) => file),
    );
    seconds.push(second);
    const isMended = ({ file }) => !second.failures?.some((failure) => failure.file === file);
    if (!second.crashed) flaky.push(...failed.filter(isMended).map(({ file, engine }) => ({ file, engine })));
  }
  for (const { file, engine } of flaky) console.error(`flaky: ${file} in ${engine}`);
  return { ...sumOf([first, ...failures.map(({ counts }) => negative(counts)), ...seconds]), flaky };
}

/** When more files fail, the reason is not chance. */
const MOST_RETRIED_FILES = 3;

const negative = (counts) => Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, -count]));

/** Whether an engine is available. The first step has reported and counted those that are missing. */
const isAvailable = async (id) => engines[id].required || Boolean(await engines[id].find());

/**
 * One engine after the other: side by side they would compete for processor time, and a browser that crashes would end
 * the tests of the others too.
 */
const browserTests = (id) => async () => ((await isAvailable(id)) ? testIn([id], browserFiles().own) : {});

/** Tests that mostly wait for servers run in all engines at once. */
async function rtcTests() {
  const ids = [];
  for (const id of Object.keys(engines)) {
    if (chosenEngines().includes(engines[id]) && (await isAvailable(id))) ids.push(id);
  }
  return testIn(ids, browserFiles().rtc);
}

async function stories() {
  return countsAfter(await run(process.execPath, ['scripts/stories.js'], { [countsVariable]: countsFile }));
}

/** One record for each step. After the failure of an `essential` one, the others would only fail because of it. */
export const steps = [
  { name: 'browsers', run: browsers, essential: true },
  { name: 'build', run: program('node', 'scripts/build.js'), essential: true },
  { name: 'types', run: program('tsc', '--project', 'tsconfig.json') },
  { name: 'lint', run: program('biome', 'ci', '--error-on-warnings', ...colours) },
  { name: 'manifest', run: program('node', 'scripts/analyze.js', '--check') },
  { name: 'public API', run: program('node', 'scripts/api.js', '--check') },
  { name: 'tests in Node', run: nodeTests },
  ...Object.entries(engines)
    .filter(([, engine]) => chosenEngines().includes(engine))
    .map(([id, { name }]) => ({ name: `tests in ${name}`, run: browserTests(id) })),
  { name: 'tests with servers', run: rtcTests },
  { name: 'stories', run: stories },
];
