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

/** Reads and removes the file. Returns `undefined` without one: then the test runner has crashed. */
export function takeCounts(file) {
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    return counts;
  } catch {
    return undefined;
  }
}

const keys = ['passed', 'failed', 'skipped'];

export const sumOf = (list) =>
  Object.fromEntries(keys.map((key) => [key, Array.from(list).reduce((sum, counts) => sum + (counts[key] ?? 0), 0)]));

/** Every test of a session, with the names of its suites. */
function testsOf(suite, path = []) {
  const own = suite.tests.map((test) => ({ ...test, title: [...path, test.name].join(' › ') }));
  return [...own, ...suite.suites.flatMap((child) => testsOf(child, [...path, child.name]))];
}

/** The counts of one file in one engine, with the errors of what failed. */
function countsOf({ testResults, passed, errors = [] }) {
  const tests = testResults ? testsOf(testResults) : [];
  const failed = tests.filter((test) => !test.passed && !test.skipped);
  return {
    passed: tests.filter((test) => test.passed && !test.skipped).length,
    // A file that did not load, or timed out, has failed without a failed test.
    failed: failed.length || (passed ? 0 : 1),
    skipped: tests.filter(({ skipped }) => skipped).length,
    errors: [
      ...failed.map(({ title, error }) => `${title}: ${error?.message ?? 'no reason was given'}`),
      ...errors.map(({ message }) => message),
    ],
  };
}

/** Whether a session ended because its browser did, or no longer answers. Its file was not run to its end. */
const hasLostBrowser = ({ errors = [] }) =>
  errors.some(({ message }) => /browser disconnected|session id|stopping the browser page/.test(message ?? ''));

function endWithoutBrowser(testFile) {
  console.error(`The browser was lost in ${relative(root, testFile)}.`);
  if (process.env[countsVariable]) process.exit(1);
}

/**
 * A reporter for `@web/test-runner`. Its counts are a list `files` of one record `{ file, counts }` for each file that was run.
 * It is written after each file, so that a crash of the browser loses only the file that was running. In `npm test` this
 * process ends then, because each further file would only wait for a browser that does not answer. Files run one after the
 * other: each took the time since the end of the previous one.
 */
export function countsReporter() {
  const files = new Map();
  let since = performance.now();
  return {
    reportTestFileResults({ sessionsForTestFile, testFile }) {
      if (sessionsForTestFile.some(hasLostBrowser)) return endWithoutBrowser(testFile);
      const counts = sessionsForTestFile.map(countsOf);
      const seconds = Math.round((performance.now() - since) / 1000);
      since = performance.now();
      files.set(relative(root, testFile), {
        ...sumOf(counts),
        errors: counts.flatMap(({ errors }) => errors),
        seconds,
      });
      writeCounts({ files: Array.from(files, ([file, counts]) => ({ file, counts })) });
    },
  };
}
