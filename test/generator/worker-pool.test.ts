import { workerReady } from '../../dist/generator/messages.js';
import { acquireWorker, type WorkerScript } from '../../dist/generator/page/worker-pool.js';
import { rejectionOf } from '../support/rejections.js';
import { after, assert, before, describe, it } from '../support/suite.js';
import { hurryTimeouts } from '../support/timers.js';
import { countWorkers, type WorkerCount } from '../support/workers.js';

const FILE = 'track-elements-test-worker.js';

/** A script whose file does not exist, so that it is loaded from its text. */
const makeScript = (
  substitutes?: WorkerScript['substitutes'],
  firstMessage: object = workerReady(FILE),
): WorkerScript => ({
  file: FILE,
  text: async () => ({ text: `postMessage(${JSON.stringify(firstMessage)});` }),
  ...(substitutes && { substitutes }),
});

describe('acquireWorker()', () => {
  let workers: WorkerCount;

  before(() => {
    workers = countWorkers();
  });

  after(() => workers.stop());

  it('shares one worker, which ends with its last holder', async () => {
    const script = makeScript();
    const leases = await Promise.all([acquireWorker(script), acquireWorker(script)]);
    assert.equal(leases[0].worker, leases[1].worker);
    assert.equal(leases[0].ready.script, FILE);
    assert.equal(workers.running, 1);
    leases[0].release();
    leases[0].release();
    await Promise.resolve();
    assert.equal(workers.running, 1);
    leases[1].release();
    await Promise.resolve();
    assert.equal(workers.running, 0);
  });

  for (const [message, reason] of [
    [{ hello: 'I am another worker' }, 'another script is there'],
    [workerReady('track-elements-engine-worker.js'), 'another script is there'],
    [{ ...workerReady(FILE), version: '0.0.1' }, 'it has version 0.0.1, and the page'],
  ] as const) {
    it(`rejects a worker that begins with ${JSON.stringify(message)}`, async () => {
      const error = await rejectionOf(acquireWorker(makeScript(undefined, message)));
      assert.equal(error.name, 'NetworkError');
      assert.include(error.message, `${FILE} did not load from a blob: URL (${reason}`);
      assert.equal(workers.running, 0);
    });
  }

  it('rejects a worker that says nothing within ten seconds', async () => {
    hurryTimeouts();
    const silent: WorkerScript = { file: FILE, text: async () => ({ text: 'setInterval(() => {}, 1000);' }) };
    const error = await rejectionOf(acquireWorker(silent));
    assert.include(error.message, `${FILE} did not load from a blob: URL (it did not load within 10 seconds)`);
    assert.equal(workers.running, 0);
  });

  it('prepares and returns a running worker that substitutes the script', async () => {
    const small = makeScript();
    const prepared: Worker[] = [];
    const large = makeScript({ script: small, prepare: async (worker) => void prepared.push(worker) });
    const alone = await acquireWorker(small);
    alone.release();
    const before = workers.made;
    const leases = [await acquireWorker(large), await acquireWorker(small)];
    assert.equal(leases[0]?.worker, leases[1]?.worker);
    assert.deepEqual(prepared, [leases[0]?.worker]);
    // One by the file that does not exist, and one by the text.
    assert.equal(workers.made - before, 2);
    for (const { release } of leases) release();
    await Promise.resolve();
    assert.equal(workers.running, 0);
  });

  it('releases a substitute that cannot be prepared', async () => {
    const small = makeScript();
    const large = makeScript({ script: small, prepare: () => Promise.reject(new Error('no part')) });
    const lease = await acquireWorker(large);
    assert.equal((await rejectionOf(acquireWorker(small))).message, 'no part');
    lease.release();
    await Promise.resolve();
    assert.equal(workers.running, 0);
  });
});
