/**
 * How many tests passed, failed and were skipped. Two reporters write these counts, for `@web/test-runner` here and for
 * Node's test runner in node-test-reporter.js; `npm test` reads them.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { root } from './process.js';

/** The environment variable with the path of the file in which a test runner leaves its counts. */
export const countsVariable = 'TRACK_ELEMENTS_COUNTS';

export function writeCounts(counts) {
  const file = process.env[countsVariable];
  if (!file) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(counts));
}

/** Reads and removes the file. Without it, the test runner was ended by a browser that crashed: that is one failure. */
export function takeCounts(file) {
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    return counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0, crashed: true };
  }
}

const keys = ['passed', 'failed', 'skipped'];

export const sumOf = (list) =>
  Object.fromEntries(keys.map((key) => [key, list.reduce((sum, counts) => sum + (counts[key] ?? 0), 0)]));

/** Every test of a session, with the names of its suites. */
function testsOf(suite, path = []) {
  const own = suite.tests.map((test) => ({ ...test, title: [...path, test.name].join(' › ') }));
  return [...own, ...suite.suites.flatMap((child) => testsOf(child, [...path, child.name]))];
}

/** Counts of one file in one engine. Prints the titles of skipped tests. */
function countsOf({ testResults, browser, passed }) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const test of testResults ? testsOf(testResults) : []) {
    counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
    if (test.skipped) console.log(`skipped in ${browser.name}: ${test.title}`);
  }
  // A file that did not load, or timed out, has failed without a failed test.
  if (!passed && counts.failed === 0) counts.failed = 1;
  return counts;
}

/**
 * A reporter for `@web/test-runner`. Besides the sum, its counts hold one record `{ file, engine, counts }` in `failures`
 * for each file that failed in an engine.
 */
export function countsReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const runs = sessions.map((session) => ({
        file: relative(root, session.testFile),
        engine: session.browser.name,
        counts: countsOf(session),
      }));
      const isCrash = ({ message }) => message?.includes('browser disconnected');
      writeCounts({
        ...sumOf(runs.map(({ counts }) => counts)),
        failures: runs.filter(({ counts }) => counts.failed > 0),
        ...(sessions.some(({ errors }) => errors?.some(isCrash)) && { crashed: true }),
      });
    },
  };
}
