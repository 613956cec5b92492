/** A reporter for Node's test runner: writes the counts of test-counts.js, of all tests, to its destination. */
export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0, errors: [] };
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped += 1;
    else counts[type === 'test:pass' ? 'passed' : 'failed'] += 1;
    if (type === 'test:fail') counts.errors.push(`${data.name}: ${errorOf(data.details?.error)}`);
  }
  yield JSON.stringify(counts);
}

/** The message of an error. Node wraps what a test threw. */
const errorOf = (error) => error?.cause?.message ?? error?.message ?? 'no reason was given';
