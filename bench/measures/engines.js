/** The share of frames that Firefox and WebKitGTK present while the main thread is blocked, with and without the library. */
import { withFirefox, withWebKit } from '../browser.js';
import { interleave, median } from '../statistics.js';
import { presentedShare } from './blocked.js';

const browsers = [
  { name: 'Firefox', open: withFirefox, sources: ['library', 'captured canvas'] },
  { name: 'WebKitGTK', open: withWebKit, sources: ['library', 'captured canvas'], least: 97 },
];

const options = { picture: 'ball', width: 1280, height: 720, rate: 30 };

export const engines = {
  name: 'engines',
  title: 'The same in Firefox and WebKitGTK, beside a loop with captureStream(0) and requestFrame()',

  async run({ url, rounds, quick, table }) {
    for (const { name, open, sources, least } of browsers) {
      try {
        const results = await interleave(rounds, sources, (source) =>
          open(url, (page) => presentedShare(page, source, options, quick ? 3000 : 8000)),
        );
        const [library, captured] = sources.map((source) => median(results.get(source)));
        table.add(`blocked: captured canvas, ${name}`, { value: captured, unit: ' %' });
        table.add(`blocked: library, ${name}`, { value: library, unit: ' %', least: least ?? Math.floor(captured) });
      } catch (error) {
        table.skip(`blocked: ${name}`, error.message);
      }
    }
  },
};
