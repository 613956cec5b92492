/** What `npm test` runs, in this order. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { absence, chosenEngines, engines, obtain } from './browsers/engines.js';
import { root, run } from './process.js';
import { sumOf, takeTally, tallyVariable } from './tally.js';

// Biome colours its answer wherever it goes.
const colours = process.stdout.isTTY ? [] : ['--colors=off'];

const tallyFile = join(root, '.cache/tally.json');

/** A step that passes when a program ends well. */
function program(command, ...args) {
  return async () => ((await run(command, args)) === 0 ? { passed: 1 } : { failed: 1 });
}

async function browsers() {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const had = [];
  for (const engine of chosenEngines()) {
    if (await obtain(engine)) {
      had.push(engine.name);
      tally.passed += 1;
    } else {
      console.error(absence(engine));
      tally[engine.required ? 'failed' : 'skipped'] += 1;
    }
  }
  console.log(`The tests run in ${had.join(', ') || 'no engine'}.`);
  return tally;
}

function testFiles(folder) {
  const names = readdirSync(join(root, folder), { recursive: true });
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(folder, name));
}

/** A runner's own exit code counts too: it fails for what is no test's failure. */
async function counted(code) {
  const tally = takeTally(tallyFile);
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

async function nodeTests() {
  const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const tally = ['--test-reporter=./scripts/node-reporter.js', `--test-reporter-destination=${tallyFile}`];
  const files = ['test/node', 'test/signals'].flatMap(testFiles);
  return counted(await run(process.execPath, ['--import', 'tsx', '--test', ...reporters, ...tally, ...files]));
}

/** Files for browsers: of the signals, which are pure functions that Node tests, those that compare their bits. */
function browserFiles() {
  const files = testFiles('test').filter((file) => !/^test\/(node|signals)\//.test(file));
  const waits = (file) => /^test\/rtc\/|\/(rtc-loopback|publish-and-play)\.test/.test(file);
  return { own: [...files.filter((file) => !waits(file)), 'test/signals/golden.test.ts'], rtc: files.filter(waits) };
}

/**
 * Runs test files in some engines. A run in which a browser crashed gets a second try, in a process of its own. A file in
 * which something failed is run once more, by itself: much of what is tested happens in real time, and a machine that
 * others share can be late. What fails again has failed.
 */
async function testIn(ids, files) {
  const names = ids.map((id) => engines[id].name).join(' and ');
  const test = async (some) =>
    counted(await run('wtr', ['--files', ...some], { ENGINES: ids.join(), [tallyVariable]: tallyFile }));
  let tally = await test(files);
  if (tally.crashed) {
    console.error(`${names} crashed while it ran the tests: they run once more.`);
    tally = await test(files);
  }
  const { failedFiles = {}, crashed } = tally;
  const failed = Object.keys(failedFiles);
  if (crashed || failed.length === 0 || failed.length > MOST_AGAIN) return tally;
  console.error(`${names}: what failed runs once more, by itself: ${failed.join(', ')}`);
  const second = await test(failed);
  return sumOf([tally, ...Object.values(failedFiles).map(negative), second]);
}

/** Whether an engine can be had; what is missing was said, and counted, when it was looked for. */
const isThere = async (id) => engines[id].required || Boolean(await engines[id].find());

/**
 * One engine after the other: side by side they would take each other's processor time, and a browser that crashes would
 * end the others' tests too.
 */
const browserTests = (id) => async () => ((await isThere(id)) ? testIn([id], browserFiles().own) : {});

/** What waits for servers most of the time runs in all engines at once. */
async function rtcTests() {
  const ids = [];
  for (const id of Object.keys(engines)) if (chosenEngines().includes(engines[id]) && (await isThere(id))) ids.push(id);
  return testIn(ids, browserFiles().rtc);
}

/** More files than this do not fail by chance. */
const MOST_AGAIN = 3;

const negative = (tally) => Object.fromEntries(Object.entries(tally).map(([key, count]) => [key, -count]));

async function stories() {
  return counted(await run(process.execPath, ['scripts/stories.js'], { [tallyVariable]: tallyFile }));
}

/** One record a step; after the failure of one that is `essential` the rest would only fail in its wake. */
export const steps = [
  { name: 'browsers', run: browsers, essential: true },
  { name: 'build', run: program('node', 'scripts/build.js'), essential: true },
  { name: 'types', run: program('tsc', '--project', 'tsconfig.json') },
  { name: 'lint', run: program('biome', 'ci', '--error-on-warnings', ...colours) },
  { name: 'manifest', run: program('node', 'scripts/analyze.js', '--check') },
  { name: 'tests in Node', run: nodeTests },
  ...Object.entries(engines)
    .filter(([, engine]) => chosenEngines().includes(engine))
    .map(([id, { name }]) => ({ name: `tests in ${name}`, run: browserTests(id) })),
  { name: 'tests with servers', run: rtcTests },
  { name: 'stories', run: stories },
];
