/** Ten thousand frames through each backend: what is left open, and what stays on the heap. */
import { withPage } from '../browser.js';

const cases = ['native', 'canvas'].flatMap((backend) => ['played', 'written'].map((way) => ({ backend, way })));

/** Kilobytes: compiled code and caches come and go by some tens, whatever the number of frames. */
const FLAT = 100;

export const leaks = {
  name: 'leaks',
  title: 'Ten thousand frames through each backend',

  async run({ url, quick, table }) {
    const frames = quick ? 2000 : 10_000;
    for (const { backend, way } of cases) {
      const left = await withPage(url, ({ call }) => countOpen(call, { backend, way, frames }));
      table.note(`${way}, ${backend}`, { 'made in the page': left.page.made, 'in the worker': left.worker.made });
      table.add(`leaks: left open, ${way}, ${backend}`, { value: left.page.open + left.worker.open, most: 0 });
      const growth = await withPage(url, (page) => heapGrowth(page, { backend, way, frames }));
      table.add(`leaks: heap grown by, ${way}, ${backend}`, { value: growth / 1000, unit: ' kB', most: FLAT });
    }
  },
};

async function countOpen(call, { backend, way, frames }) {
  await call('leaks', 'countEverything');
  if (way === 'played') await call('leaks', 'prepare', backend);
  await call('leaks', 'pass', way, { backend, frames });
  const { page, worker } = await call('leaks', 'leftOpen');
  if (way === 'played' && !worker) throw new Error('the worker did not tell what it has left open');
  return { page: sum(page), worker: sum(worker ?? {}) };
}

function sum(ledger) {
  const kinds = Object.values(ledger);
  const total = (name) => kinds.reduce((all, kind) => all + kind[name], 0);
  return { made: total('made'), open: total('open') };
}

/** Bytes by which a second passage leaves the heaps of page and worker larger than the first did. */
async function heapGrowth({ page, call }, { backend, way, frames }) {
  if (way === 'played') await call('leaks', 'prepare', backend);
  await call('leaks', 'pass', way, { backend, frames: frames / 2 });
  const before = await heapSize(page);
  await call('leaks', 'pass', way, { backend, frames });
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
