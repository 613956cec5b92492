/** The steps of `npm test`, in their order. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, missingPackages } from './browsers/apt.js';
import { absence, chosenEngines, engines, obtain, packagesFor } from './browsers/engines.js';
import { root, run, runBehind, runBeside } from './process.js';
import { countsVariable, sumOf, takeCounts } from './test-counts.js';

// Biome writes colours even where there is no terminal.
const colours = process.stdout.isTTY ? [] : ['--colors=off'];

const programCounts = (code) => (code === 0 ? { passed: 1 } : { failed: 1 });

/** A step that passes when a program exits with 0. */
function program(command, ...args) {
  return async () => programCounts(await run(command, args));
}

/** Like `program()`, in the processor time that the tests in browsers leave. */
function programBehind(command, ...args) {
  return async () => programCounts(await runBehind(command, args));
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

const nodeFiles = () => nodeFolders.flatMap(testFiles);

/** A function that says whether a file has an import whose specifier matches. */
const imports = (specifier) => (file) =>
  new RegExp(` from '${specifier.source}'`).test(readFileSync(join(root, file), 'utf8'));

/** Whether a test in Node starts a browser, in which media plays in real time. The others measure no time. */
const startsBrowser = imports(/(puppeteer-core|\.\/untouched-page\.js)/);

/**
 * Runs tests in Node by one of the functions of process.js, some files at a time, each by a runner of its own: it tells no file
 * of a test that a helper of tests made. Resolves to the counts of each file that was run to its end.
 */
async function runInNode(runProgram, filesAtATime, files) {
  const counts = new Map();
  const queue = files.values();
  const runQueue = async () => {
    for (const file of queue) {
      const run = await countsOf((name) => runProgram(process.execPath, nodeTestOptions(file, name)));
      if (run.counts)
        counts.set(file, run.code !== 0 && run.counts.failed === 0 ? { ...run.counts, failed: 1 } : run.counts);
    }
  };
  await Promise.all(Array.from({ length: filesAtATime }, runQueue));
  return counts;
}

function nodeTestOptions(file, countsFile) {
  const print = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const count = ['--test-reporter=./scripts/node-test-reporter.js', `--test-reporter-destination=${countsFile}`];
  return ['--import', 'tsx', '--test', ...print, ...count, file];
}

const countsByFile = (counts) => new Map(counts?.files.map((run) => [run.file, run.counts]));

/** The tests in Node that measure no time. Their results do not depend on the machine: none runs a second time. */
async function nodeTests() {
  const files = nodeFiles().filter((file) => !startsBrowser(file));
  const counts = await runInNode(runBehind, 2, files);
  const failed = files.filter((file) => counts.get(file)?.failed !== 0);
  return { ...sumOf(counts.values()), ...(failed.length > 0 ? failuresOf('node', failed, counts) : {}) };
}

/**
 * The test files for browsers. The signals are pure functions and tested in Node; a browser runs only the test that compares
 * their bits.
 */
const browserFiles = () => [
  ...testFiles('test').filter((file) => !nodeFolders.some((folder) => file.startsWith(`${folder}/`))),
  'test/signals/golden.test.ts',
];

/**
 * Whether a test connects peers, talks to a media server or records. Such tests wait: the browser uses 0.4 of a processor then,
 * and 0.8 in the others.
 */
const mostlyWaits = imports(/[./]+\/support\/(media-server|rtc-session|rtc-clients|peers|recorder)\.js/);

/** Runs test files in an engine. Resolves to the counts of each file that was run. */
async function runTests(id, files) {
  const { counts } = await countsOf((name) =>
    runBeside('wtr', ['--files', ...files], { ENGINES: id, [countsVariable]: name }),
  );
  return countsByFile(counts);
}

/** Where tests run, by the id of an engine, or `node`. */
const nameOf = (id) => (id === 'node' ? 'Node' : engines[id].name);

/**
 * Runs test files in an engine. After a crash of the browser the files that are left run in a new one. Resolves to the counts
 * of each file; a file that never ended has no counts.
 */
async function runDespiteCrashes(id, files, flaky) {
  const name = nameOf(id);
  const counts = await runTests(id, files);
  for (let crashes = 1; counts.size < files.length && crashes <= MOST_CRASHES; crashes += 1) {
    const [running, ...others] = files.filter((file) => !counts.has(file));
    console.error(`${name} crashed while ${running} ran; ${others.length} of ${files.length} files are left.`);
    flaky.push({ file: `a crash of the browser in ${running}`, engine: name });
    // It has crashed the browser twice, or alone.
    if (others.length === 0 && (crashes > 1 || files.length === 1)) break;
    // The file that may have crashed the browser comes last.
    for (const [file, count] of await runTests(id, [...others, running])) counts.set(file, count);
  }
  return counts;
}

/** A browser that crashes more often in one list of files has a fault. */
const MOST_CRASHES = 4;

/** When more files of an engine fail, the reason is not chance. */
const MOST_RETRIED_FILES = 12;

/** Runs test files in an engine or in Node. Resolves to the counts of each file. */
async function runFiles(id, files, flaky) {
  return id === 'node' ? runInNode(runBeside, 1, files) : runDespiteCrashes(id, files, flaky);
}

/** The files that failed beside other steps, with their counts, by the id of the engine or `node`. */
const retried = new Map();

/**
 * Runs the test files in an engine, or in Node. The files that failed are not counted if they are few: they run once more when nothing
 * else does.
 */
async function testIn(id, files) {
  const flaky = [];
  const counts = await runFiles(id, files, flaky);
  if (id !== 'node') printSlowest(counts);
  const failed = files.filter((file) => counts.get(file)?.failed !== 0);
  if (failed.length > MOST_RETRIED_FILES)
    return { ...sumOf(counts.values()), ...failuresOf(id, failed, counts), flaky };
  if (failed.length > 0)
    retried.set(id, new Map([...(retried.get(id) ?? []), ...failed.map((file) => [file, counts.get(file)])]));
  return { ...sumOf(files.filter((file) => !failed.includes(file)).map((file) => counts.get(file))), flaky };
}

function printSlowest(counts) {
  const slowest = [...counts].sort(([, one], [, other]) => other.seconds - one.seconds).slice(0, 8);
  console.log(`The slowest files: ${slowest.map(([file, { seconds }]) => `${file} ${seconds} s`).join(', ')}.`);
}

/** How a step lists its failed files. */
function failuresOf(id, files, counts) {
  const notRun = ['It was not run to its end: its browser or its process crashed.'];
  const failures = files.map((file) => ({
    file,
    engine: nameOf(id),
    errors: counts.get(file)?.errors ?? notRun,
  }));
  return { failures, failed: files.reduce((sum, file) => sum + (counts.get(file)?.failed ?? 1), 0) };
}

/**
 * Runs the files that failed twice more at most. Many tests happen in real time, and a machine that does other work can be
 * late. A file that passes now is listed as flaky, with the errors that it had.
 */
async function retryFailed() {
  const results = [];
  for (const [id, firstCounts] of retried) {
    const files = [...firstCounts.keys()];
    const flaky = [];
    const counts = new Map();
    let left = files;
    for (let tries = 0; left.length > 0 && tries < RETRIES; tries += 1) {
      for (const [file, count] of await runFiles(id, left, flaky)) counts.set(file, count);
      left = left.filter((file) => counts.get(file)?.failed !== 0);
    }
    const passed = files.filter((file) => !left.includes(file));
    flaky.push(...failuresOf(id, passed, firstCounts).failures);
    results.push({ ...sumOf(counts.values()), ...failuresOf(id, left, counts), flaky });
  }
  return {
    ...sumOf(results),
    flaky: results.flatMap(({ flaky }) => flaky),
    failures: results.flatMap(({ failures }) => failures),
  };
}

const RETRIES = 2;

/** Whether an engine is available. The first step has reported and counted those that are missing. */
const isAvailable = async (id) => engines[id].required || Boolean(await engines[id].find());

const browserTests = (id, files) => async () => ((await isAvailable(id)) ? testIn(id, files) : {});

async function stories() {
  return stepCountsOf((counts) => runBeside(process.execPath, ['scripts/stories.js'], { [countsVariable]: counts }));
}

/** Cuts files into parts of about the same length. They are dealt out, because slow ones are neighbours in the alphabet. */
function dealOut(files, mostInAPart) {
  const parts = Math.ceil(files.length / mostInAPart);
  return Array.from({ length: parts }, (_, part) => files.filter((_, index) => index % parts === part));
}

/** A step for each part of some files, with the number of the part in its name. */
const stepsFor = (parts, name, run) =>
  parts.map((files, part) => ({ name: name(`part ${part + 1} of ${parts.length}`), run: run(files) }));

/** The steps with tests of an engine, each with a browser of its own; none where the engine was not chosen. */
function stepsIn(id, name, choose, mostInABrowser = MOST_FILES_IN_A_BROWSER) {
  if (!chosenEngines().includes(engines[id])) return [];
  const parts = dealOut(browserFiles().filter(choose), mostInABrowser);
  return stepsFor(
    parts,
    (part) => `${name} in ${engines[id].name}, ${part}`,
    (files) => browserTests(id, files),
  );
}

/** WebKitGTK crashes after some seventy files in one browser, and Chromium after a hundred at times. A new one takes seconds. */
const MOST_FILES_IN_A_BROWSER = 40;

/** Tests that mostly wait take twice as long as the others. */
const MOST_WAITING_FILES_IN_A_BROWSER = 20;

const waitingStepsIn = (id) => stepsIn(id, 'connections and recordings', mostlyWaits, MOST_WAITING_FILES_IN_A_BROWSER);

const otherStepsIn = (id) => stepsIn(id, 'other tests', (file) => !mostlyWaits(file));

const MOST_NODE_FILES_IN_A_STEP = 6;

const nodeBrowserSteps = stepsFor(
  dealOut(nodeFiles().filter(startsBrowser), MOST_NODE_FILES_IN_A_STEP),
  (part) => `tests in Node with browsers, ${part}`,
  (files) => () => testIn('node', files),
);

/** Takes one of each list in turn, as long as there are any. */
const interleave = (...lists) =>
  Array.from({ length: Math.max(...lists.map(({ length }) => length)) }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();

/** Three browsers have enough of two processors while one of them mostly waits. */
const BROWSERS_AT_A_TIME = 3;

/** While a step runs that mostly waits, two lanes run so many others. */
const STEPS_BESIDE_A_WAITING_ONE = 3;

/** A step that mostly waits comes first, and another one each time when it has ended: the others begin one step before it. */
function withWaitingSteps(waiting, others) {
  const begin = (index) => (index === 0 ? 0 : STEPS_BESIDE_A_WAITING_ONE * index + 1);
  const groups = waiting.map((step, index) => [step, ...others.slice(begin(index), begin(index + 1))]);
  return [...groups.flat(), ...others.slice(begin(waiting.length))];
}

/**
 * The steps with browsers. In this order one of those that run at a time mostly waits, and short ones come last, so that the
 * lanes end together.
 */
const browserSteps = [
  ...withWaitingSteps(
    interleave(waitingStepsIn('firefox'), waitingStepsIn('chromium')),
    interleave(
      otherStepsIn('chromium'),
      otherStepsIn('firefox'),
      stepsIn('webkit', 'tests', () => true),
    ),
  ),
  { name: 'stories', run: stories },
  ...nodeBrowserSteps,
];

/** The steps without browsers. Their processor time is what the browsers leave while they wait. */
const otherSteps = [
  { name: 'types', run: programBehind('tsc', '--project', 'tsconfig.json') },
  { name: 'lint', run: programBehind('biome', 'ci', '--error-on-warnings', ...colours) },
  { name: 'manifest', run: programBehind('node', 'scripts/analyze.js', '--check') },
  { name: 'public API', run: programBehind('node', 'scripts/api.js', '--check') },
  { name: 'tests in Node', run: nodeTests },
];

const sharedLane = browserSteps.values();

/**
 * The steps, and lists of lanes that run side by side. After the failure of an `essential` step, the others would only fail
 * because of it.
 */
export const steps = [
  // Packages are downloaded while the build has the processor.
  [
    [{ name: 'browsers', run: browsers, essential: true }],
    [{ name: 'build', run: program('node', 'scripts/build.js'), essential: true }],
  ],
  [...Array.from({ length: BROWSERS_AT_A_TIME }, () => sharedLane), otherSteps],
  { name: 'failed tests, once more', run: retryFailed },
];
