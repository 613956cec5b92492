/** The highest number of tracks of 1280x720 at 30 fps that play at the same time with at least 95 % of their frames. */
import { setTimeout as sleep } from 'node:timers/promises';
import { argsFor, withChromium } from '../browser.js';
import { frameRate } from '../frame-rate.js';

const cases = {
  'canvas loop': { source: 'canvas loop', picture: 'ball', first: 4 },
  'library, moving': { source: 'library', picture: 'ball', first: 16, times: 5 },
  'library, still': { source: 'library', picture: 'smpte-hd', first: 16, times: 8 },
  'fake camera': { source: 'fake camera', picture: 'its own', first: 16 },
};

const MIN_SHARE = 0.95;
const MAX_TRACKS = 512;
const TIMEOUT_MS = 60_000;

export const tracks = {
  name: 'tracks',
  title: 'Most tracks of 1280x720@30, each in a <video> of 160x90, at 95 % of the rate',

  /**
   * @param names the cases; the first is the canvas loop, with which the others are compared.
   * @param overload whether to play more tracks than that, too.
   */
  async run({ url, quick, table, names = Object.keys(cases), overload = true }) {
    let canvasLoop;
    for (const name of names) {
      const { source, picture, first, times } = cases[name];
      const share = (count) => frameShare(url, { source, picture, count }, quick);
      // Begins at the number that is asked for.
      const start = Math.max(first, (times ?? 0) * (canvasLoop ?? 0));
      const most = await largest(start, quick ? 4 : 16, async (count) => {
        // A second try, because other work of the machine can cost frames once.
        let held = await share(count);
        if (held < MIN_SHARE) held = Math.max(held, await share(count));
        table.note(`${name}, ${count} tracks`, { 'share of frames, %': held * 100 });
        return held >= MIN_SHARE;
      });
      canvasLoop ??= most;
      table.add(`tracks: ${name}`, { value: most });
      if (times) table.add(`tracks: ${name} / canvas loop`, { value: most / canvasLoop, unit: '×', least: times });
      if (!overload) continue;
      table.add(`tracks: ${name}, share of frames with 1.5 times as many`, {
        value: (await share(Math.ceil(most * 1.5))) * 100,
        unit: ' %',
        ...(times && { least: 50 }),
      });
    }
  },
};

/** The largest number that passes, within one part in `precision`: by doubling until one fails, then by bisection. */
async function largest(first, precision, passes) {
  let [good, bad] = [0, first];
  while (bad <= MAX_TRACKS && (await passes(bad))) [good, bad] = [bad, bad * 2];
  while (bad - good > Math.max(1, good / precision)) {
    const middle = Math.round((good + bad) / 2);
    if (await passes(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** The share of frames that a page with a number of tracks presents; 0 if it fails or does not answer in time. */
function frameShare(url, { source, picture, count }, quick) {
  const options = { picture, width: 1280, height: 720, rate: 30 };
  const use = async ({ call }) => {
    const measured = (async () => {
      await call('video-players', 'playTracks', source, options, { count, size: [160, 90] });
      await sleep(2000);
      const before = await call('video-players', 'presentedFrames');
      await sleep(quick ? 2000 : 4000);
      return frameRate(before, await call('video-players', 'presentedFrames')) / options.rate;
    })();
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const timedOut = new Promise((resolve) => timeout.addEventListener('abort', () => resolve(0)));
    return Promise.race([measured.catch(() => 0), timedOut]);
  };
  return withChromium(url, use, { args: argsFor(source, options.rate) });
}
