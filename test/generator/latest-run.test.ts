import { LatestRun } from '../../dist/generator/latest-run.js';
import { assert, describe, it } from '../support/suite.js';

describe('LatestRun', () => {
  it('aborts a run when the next one begins', () => {
    const run = new LatestRun();
    const first = run.begin();
    assert.isFalse(first.aborted);
    const second = run.begin();
    assert.deepEqual([first.aborted, second.aborted], [true, false]);
    assert.equal(first.reason.name, 'AbortError');
  });

  it('aborts the present run when it is cancelled', () => {
    const run = new LatestRun();
    assert.isFalse(run.isRunning);
    const signal = run.begin();
    assert.isTrue(run.isRunning);
    run.cancel();
    assert.deepEqual([signal.aborted, run.isRunning], [true, false]);
  });
});
