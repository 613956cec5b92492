/** A reporter for Node's test runner: writes the counts of test-counts.js to its destination, by file. */
import { relative, resolve } from 'node:path';
import { root } from './process.js';

export default async function* report(source) {
  const files = new Map();
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    // A file that did not load is a failed test with the name of the file.
    const file = relative(root, data.file ?? resolve(root, data.name));
    const counts = files.get(file) ?? { passed: 0, failed: 0, skipped: 0, errors: [] };
    files.set(file, counts);
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped += 1;
    else counts[type === 'test:pass' ? 'passed' : 'failed'] += 1;
    if (type === 'test:fail') counts.errors.push(`${data.name}: ${errorOf(data.details?.error)}`);
  }
  yield JSON.stringify({ files: Array.from(files, ([file, counts]) => ({ file, counts })) });
}

/** The message of an error. Node wraps what a test threw. */
const errorOf = (error) => error?.cause?.message ?? error?.message ?? 'no reason was given';
