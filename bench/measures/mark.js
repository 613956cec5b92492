/** The time that the mark of a picture takes in Node: to paint it on each frame, to find it, and to read it where it was found. */
import { median } from '../statistics.js';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];

/** Frames that are timed together: the timer's step is not much less than the time for one. */
const BATCH = 200;
const rate = { numerator: 30, denominator: 1 };

/** Of docs/mark.md: a decoder has a millisecond for a frame. */
const MOST_READING_MS = 1;

export const mark = {
  name: 'mark',
  title: `The mark of a picture in Node ${process.versions.node}: milliseconds per frame`,

  async run({ rounds, quick, table }) {
    // Loaded here and not above, because the bench builds the library first.
    const { createPatternRenderer, paintMark, readMark } = await import('track-elements/signals');
    const batches = quick ? 5 : rounds * 8;
    for (const { width, height } of SIZES) {
      const renderer = createPatternRenderer({ pattern: 'ball', width, height });
      renderer.render(0);
      const { picture } = renderer;
      let frame = 0;
      const paint = () => paintMark(picture, { frame: frame++, rate, time: Date.now(), source: 7 });
      const area = paint();
      const read = (hints) => {
        const found = readMark(picture.y, width, width, height, hints);
        if (found?.frame !== frame - 1) throw new Error(`The mark that was read is ${found?.frame}, not ${frame - 1}.`);
      };
      const add = (what, work, count, most) => {
        const times = Array.from({ length: batches }, () => milliseconds(work, count));
        table.add(`mark: ${what}, ${width}x${height}`, { value: median(times), unit: ' ms', most });
      };
      add('painted', paint, BATCH);
      add('read where it was', () => read({ area }), BATCH, MOST_READING_MS);
      add('found', () => read(), 4);
    }
  },
};

/** Milliseconds of processor time per call, over this number of calls. Other work of the machine does not count. */
function milliseconds(work, count) {
  const start = process.cpuUsage();
  for (let i = 0; i < count; i++) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / count;
}
