/** Frames presented while the main thread is blocked 200 ms in every second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { argsFor, withPage } from '../browser.js';
import { frameRate } from '../frame-rate.js';
import { interleave, median } from '../statistics.js';

const options = { picture: 'ball', width: 1280, height: 720, rate: 30 };

export const blocked = {
  name: 'blocked',
  title: 'Frames presented in Chromium with the main thread blocked 200 ms in every second, 1280x720@30',

  async run({ url, rounds, quick, table }) {
    const results = await interleave(rounds, ['ours', 'loop', 'camera'], (way) =>
      withPage(url, (page) => presentedShare(page, way, options, quick ? 3000 : 8000), {
        args: argsFor(way, options.rate),
      }),
    );
    table.add('blocked: ours', { value: median(results.get('ours')), unit: ' %', least: 99 });
    table.add('blocked: loop', { value: median(results.get('loop')), unit: ' %' });
    table.add('blocked: fake camera', { value: median(results.get('camera')), unit: ' %' });
  },
};

/** Percent of the frames that should have been presented in so many milliseconds of a page that blocks itself. */
export async function presentedShare({ call }, way, options, milliseconds) {
  await call('screen', 'show', way, options);
  await call('screen', 'block', 200);
  await sleep(2000);
  const before = await call('screen', 'presented');
  await sleep(milliseconds);
  return (frameRate(before, await call('screen', 'presented')) / options.rate) * 100;
}
