/** Time from connecting a source to its first picture on the page. */
import { withPage } from '../browser.js';
import { interleave, median } from '../statistics.js';

export const start = {
  name: 'start',
  title: 'From connecting the element to the first frame presented, 1280x720@30, in milliseconds',

  async run({ url, rounds, table }) {
    const options = { picture: 'smpte-hd', width: 1280, height: 720, rate: 30 };
    const results = await interleave(rounds, ['ours', 'loop'], (way) =>
      withPage(url, async ({ call }) => [
        await call('screen', 'timeToFirstFrame', way, options),
        await call('screen', 'timeToFirstFrame', way, options),
      ]),
    );
    for (const [way, pairs] of results) {
      for (const [index, which] of ['first source of the page', 'second source'].entries()) {
        table.add(`start: ${way}, ${which}`, { value: median(pairs.map((pair) => pair[index])), unit: ' ms' });
      }
    }
  },
};
