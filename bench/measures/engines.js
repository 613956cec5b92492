/** Frames presented in the other engines while the main thread is blocked, beside what a loop by hand gives there. */
import { withFirefox, withWebKit } from '../browser.js';
import { interleave, median } from '../statistics.js';
import { presentedShare } from './blocked.js';

const browsers = [
  { name: 'Firefox', open: withFirefox, ways: ['ours', 'captured'] },
  { name: 'WebKitGTK', open: withWebKit, ways: ['ours', 'captured'], least: 97 },
];

const options = { picture: 'ball', width: 1280, height: 720, rate: 30 };

export const engines = {
  name: 'engines',
  title: 'The same in the other engines, beside captureStream(0) with requestFrame() by hand',

  async run({ url, rounds, quick, table }) {
    for (const { name, open, ways, least } of browsers) {
      try {
        const results = await interleave(rounds, ways, (way) =>
          open(url, (page) => presentedShare(page, way, options, quick ? 3000 : 8000)),
        );
        const [ours, loop] = ways.map((way) => median(results.get(way)));
        table.add(`blocked: captureStream(0) by hand, ${name}`, { value: loop, unit: ' %' });
        table.add(`blocked: ours, ${name}`, { value: ours, unit: ' %', least: least ?? Math.floor(loop) });
      } catch (error) {
        table.skip(`blocked: ${name}`, error.message);
      }
    }
  },
};
