/** The share of frames that a `<video>` presents while the main thread is blocked for 200 ms in every second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { argsFor, withChromium } from '../browser.js';
import { frameRate } from '../frame-rate.js';
import { interleave, median } from '../statistics.js';

const options = { picture: 'ball', width: 1280, height: 720, rate: 30 };

export const blocked = {
  name: 'blocked',
  title: 'Frames presented in Chromium with the main thread blocked 200 ms in every second, 1280x720@30',

  async run({ url, rounds, quick, table }) {
    const results = await interleave(rounds, ['library', 'canvas loop', 'fake camera'], (source) =>
      withChromium(url, (page) => presentedShare(page, source, options, quick ? 3000 : 8000), {
        args: argsFor(source, options.rate),
      }),
    );
    table.add('blocked: library', { value: median(results.get('library')), unit: ' %', least: 99 });
    table.add('blocked: canvas loop', { value: median(results.get('canvas loop')), unit: ' %' });
    table.add('blocked: fake camera', { value: median(results.get('fake camera')), unit: ' %' });
  },
};

/** The percentage of frames that were presented within a number of milliseconds, in a page that blocks its main thread. */
export async function presentedShare({ call }, source, options, milliseconds) {
  await call('video-players', 'playTracks', source, options);
  await call('video-players', 'blockMainThread', 200);
  await sleep(2000);
  const before = await call('video-players', 'presentedFrames');
  await sleep(milliseconds);
  return (frameRate(before, await call('video-players', 'presentedFrames')) / options.rate) * 100;
}
