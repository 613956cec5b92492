/** The time from the start of a source to its first presented frame. */
import { withChromium } from '../browser.js';
import { interleave, median } from '../statistics.js';

export const start = {
  name: 'start',
  title: 'From connecting the element to the first frame presented, 1280x720@30, in milliseconds',

  async run({ url, rounds, table }) {
    const options = { picture: 'smpte-hd', width: 1280, height: 720, rate: 30 };
    const results = await interleave(rounds, ['library', 'canvas loop'], (source) =>
      withChromium(url, async ({ call }) => [
        await call('video-players', 'timeToFirstFrame', source, options),
        await call('video-players', 'timeToFirstFrame', source, options),
      ]),
    );
    for (const [source, pairs] of results) {
      for (const [index, which] of ['first source of the page', 'second source'].entries()) {
        table.add(`start: ${source}, ${which}`, { value: median(pairs.map((pair) => pair[index])), unit: ' ms' });
      }
    }
  },
};
