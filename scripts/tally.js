/** How many tests passed, failed and were skipped: written by the reporters of both test runners, read by `npm test`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { root } from './process.js';

/** The environment variable that names the file in which a runner leaves its tally. */
export const tallyVariable = 'TRACK_ELEMENTS_TALLY';

export function writeTally(tally) {
  const file = process.env[tallyVariable];
  if (!file) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(tally));
}

/** Takes the tally out of a file. A runner that left none was ended by a browser that crashed: that is one failure. */
export function takeTally(file) {
  try {
    const tally = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    return tally;
  } catch {
    return { passed: 0, failed: 1, skipped: 0, crashed: true };
  }
}

const counted = ['passed', 'failed', 'skipped'];

/** The sum of some tallies. */
export const sumOf = (tallies) =>
  Object.fromEntries(counted.map((key) => [key, tallies.reduce((sum, tally) => sum + (tally[key] ?? 0), 0)]));

/** Every test of a session's suites, with the path of names that leads to it. */
function testsOf(suite, path = []) {
  const own = suite.tests.map((test) => ({ ...test, title: [...path, test.name].join(' › ') }));
  return [...own, ...suite.suites.flatMap((child) => testsOf(child, [...path, child.name]))];
}

/** A reporter for `@web/test-runner`. It also names the tests that were skipped, and the engine they were skipped in. */
export function tallyReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const files = {};
      let crashed = false;
      for (const session of sessions) {
        const tally = { passed: 0, failed: 0, skipped: 0 };
        for (const test of session.testResults ? testsOf(session.testResults) : []) {
          tally[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
          if (test.skipped) console.log(`skipped in ${session.browser.name}: ${test.title}`);
        }
        // A file that did not load, or timed out, has failed without a test that says so.
        if (!session.passed && tally.failed === 0) tally.failed = 1;
        if (session.errors?.some(({ message }) => message?.includes('browser disconnected'))) crashed = true;
        const file = relative(root, session.testFile);
        files[file] = sumOf([files[file] ?? {}, tally]);
      }
      const failedFiles = Object.fromEntries(Object.entries(files).filter(([, { failed }]) => failed > 0));
      const tally = { ...sumOf(Object.values(files)), failedFiles, ...(crashed && { crashed }) };
      writeTally(tally);
    },
  };
}
