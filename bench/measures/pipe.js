/** The frame rate of a track that is read, passed through a transform, and written to another track, by the polyfills. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withChromium, withFirefox, withWebKit } from '../browser.js';
import { frameRate } from '../frame-rate.js';
import { interleave, median } from '../statistics.js';

const browsers = { Chromium: withChromium, Firefox: withFirefox, WebKitGTK: withWebKit };
const options = { picture: 'ball', width: 1280, height: 720, rate: 30 };

/** Of thirty. It is a target for Firefox, whose polyfills show the track in a video and write it to a canvas. */
const LEAST_FRAMES = 28;

export const pipe = {
  name: 'pipe',
  title: 'processor.readable.pipeThrough(transform).pipeTo(generator.writable) of 1280x720@30: frames per second',

  async run({ url, rounds, quick, table }) {
    for (const [name, open] of Object.entries(browsers)) {
      try {
        const results = await interleave(rounds, ['library', 'piped track'], (source) =>
          open(url, async ({ call }) => {
            await call('video-players', 'playTracks', source, options);
            await sleep(2000);
            const before = await call('video-players', 'presentedFrames');
            await sleep(quick ? 3000 : 10_000);
            return frameRate(before, await call('video-players', 'presentedFrames'));
          }),
        );
        const [direct, value] = ['library', 'piped track'].map((source) => median(results.get(source)));
        table.add(`pipe: the track itself, ${name}`, { value: direct, unit: ' frames/s' });
        table.add(`pipe: ${name}`, { value, unit: ' frames/s', ...(name !== 'WebKitGTK' && { least: LEAST_FRAMES }) });
      } catch (error) {
        table.skip(`pipe: ${name}`, error.message);
      }
    }
  },
};
