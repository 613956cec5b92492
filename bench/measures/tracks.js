/** How many tracks of 1280x720 at 30 can be shown at once, each in a `<video>` of 160x90, at 95 % of the rate. */
import { setTimeout as sleep } from 'node:timers/promises';
import { argsFor, withPage } from '../browser.js';
import { frameRate } from '../frame-rate.js';

const cases = [
  { name: 'loop', way: 'loop', picture: 'ball', first: 4 },
  { name: 'ours, moving', way: 'ours', picture: 'ball', first: 16, times: 5 },
  { name: 'ours, still', way: 'ours', picture: 'smpte-hd', first: 16, times: 8 },
  { name: 'fake camera', way: 'camera', picture: 'its own', first: 16 },
];

const ENOUGH = 0.95;
const MOST = 512;

export const tracks = {
  name: 'tracks',
  title: 'Most tracks of 1280x720@30, each in a <video> of 160x90, at 95 % of the rate',

  async run({ url, quick, table }) {
    let loop;
    for (const { name, way, picture, first, times } of cases) {
      const share = (count) => frameShare(url, { way, picture, count }, quick);
      const most = await largest(first, quick ? 4 : 16, async (count) => {
        // What else the machine does may cost frames once; what is too much costs them again.
        let held = await share(count);
        if (held < ENOUGH) held = Math.max(held, await share(count));
        table.note(`${name}, ${count} tracks`, { 'of the frames, %': held * 100 });
        return held >= ENOUGH;
      });
      loop ??= most;
      table.add(`tracks: ${name}`, { value: most });
      if (times) table.add(`tracks: ${name} / loop`, { value: most / loop, unit: '×', least: times });
      table.add(`tracks: ${name}, of the frames at 1.5 times as many`, {
        value: (await share(Math.ceil(most * 1.5))) * 100,
        unit: ' %',
        ...(times && { least: 50 }),
      });
    }
  },
};

/** The largest number that holds, to one part in `precision`: by doubling, then by halving what is between. */
async function largest(first, precision, holds) {
  let [good, bad] = [0, first];
  while (bad <= MOST && (await holds(bad))) [good, bad] = [bad, bad * 2];
  while (bad - good > Math.max(1, good / precision)) {
    const middle = Math.round((good + bad) / 2);
    if (await holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** The share of its frames that a page with so many tracks presents; 0 where it does not come to it. */
function frameShare(url, { way, picture, count }, quick) {
  const options = { picture, width: 1280, height: 720, rate: 30 };
  const use = async ({ call }) => {
    const measured = (async () => {
      await call('screen', 'show', way, options, { count, size: [160, 90] });
      await sleep(2000);
      const before = await call('screen', 'presented');
      await sleep(quick ? 2000 : 4000);
      return frameRate(before, await call('screen', 'presented')) / options.rate;
    })();
    const patience = AbortSignal.timeout(60_000);
    const late = new Promise((resolve) => patience.addEventListener('abort', () => resolve(0)));
    return Promise.race([measured.catch(() => 0), late]);
  };
  return withPage(url, use, { args: argsFor(way, options.rate) });
}
