import { acquireWorker, type WorkerScript } from '../../dist/generator/page/worker-pool.js';
import { rejectionOf } from '../support/rejections.js';
import { after, assert, before, describe, it } from '../support/suite.js';
import { countWorkers, type WorkerCount } from '../support/workers.js';

const text = "postMessage({ type: 'ready', answer: 42 });";
const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
const makeScript = (substitutes?: WorkerScript['substitutes']): WorkerScript => ({
  file: 'test-worker.js',
  start: () => new Worker(url, { type: 'module' }),
  text: async () => ({ text }),
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
    assert.equal(leases[0].ready.answer, 42);
    assert.equal(workers.running, 1);
    leases[0].release();
    leases[0].release();
    await Promise.resolve();
    assert.equal(workers.running, 1);
    leases[1].release();
    await Promise.resolve();
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
    assert.equal(workers.made - before, 1);
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
