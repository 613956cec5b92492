/** The objects that stay open, and the growth of the heap, after ten thousand frames in each backend. */
import { withChromium } from '../browser.js';

const cases = ['native', 'canvas'].flatMap((backend) => ['played', 'written'].map((method) => ({ backend, method })));

/** Kilobytes that a heap may grow: compiled code and caches change it by some tens, for any number of frames. */
const MAX_GROWTH_KB = 100;

export const leaks = {
  name: 'leaks',
  title: 'Ten thousand frames through each backend',

  async run({ url, quick, table }) {
    const frames = quick ? 2000 : 10_000;
    for (const { backend, method } of cases) {
      const counts = await withChromium(url, ({ call }) => countOpen(call, { backend, method, frames }));
      table.note(`${method}, ${backend}`, {
        'made in the page': counts.page.made,
        'in the worker': counts.worker.made,
      });
      table.add(`leaks: left open, ${method}, ${backend}`, { value: counts.page.open + counts.worker.open, most: 0 });
      const growth = await withChromium(url, (page) => heapGrowth(page, { backend, method, frames }));
      table.add(`leaks: heap grown by, ${method}, ${backend}`, {
        value: growth / 1000,
        unit: ' kB',
        most: MAX_GROWTH_KB,
      });
    }
  },
};

async function countOpen(call, { backend, method, frames }) {
  await call('frame-passes', 'countObjects');
  if (method === 'played') await call('frame-passes', 'keepWorkerAlive', backend);
  await call('frame-passes', 'passFrames', method, { backend, frames });
  const { page, worker } = await call('frame-passes', 'openObjects');
  if (method === 'played' && !worker) throw new Error('the worker did not post the counts of its objects');
  return { page: sum(page), worker: sum(worker ?? {}) };
}

/** The sum of the counts of all classes. */
function sum(counts) {
  const total = (name) => Object.values(counts).reduce((all, each) => all + each[name], 0);
  return { made: total('made'), open: total('open') };
}

/** Bytes by which the heaps of page and worker grow from the end of a first pass of frames to the end of a second one. */
async function heapGrowth({ page, call }, { backend, method, frames }) {
  if (method === 'played') await call('frame-passes', 'keepWorkerAlive', backend);
  await call('frame-passes', 'passFrames', method, { backend, frames: frames / 2 });
  const before = await heapSize(page);
  await call('frame-passes', 'passFrames', method, { backend, frames });
  return (await heapSize(page)) - before;
}

async function heapSize(page) {
  const session = await page.createCDPSession();
  const clients = [session, ...page.workers().map(({ client }) => client)];
  let bytes = 0;
  for (const client of clients) {
    await client.send('HeapProfiler.enable');
    await client.send('HeapProfiler.collectGarbage');
    bytes += (await client.send('Runtime.getHeapUsage')).usedSize;
  }
  await session.detach();
  return bytes;
}
