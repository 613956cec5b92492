/** The lateness of the frames of a source that has played for a minute at 30000/1001 frames per second. */
import { withChromium } from '../browser.js';

/** Frames of a minute. */
const MINUTE = 1798;

export const drift = {
  name: 'drift',
  title: 'A minute at 30000/1001: how late frame 1798 is',

  async run({ url, quick, table }) {
    const last = quick ? Math.round(MINUTE / 10) : MINUTE;
    const { late, earliest, missing } = await withChromium(url, ({ call }) =>
      call('frame-lateness', 'measureLateness', last),
    );
    table.add(`drift: frame ${last} is read late by`, { value: late, unit: ' ms', most: 5 });
    table.add('drift: the earliest of the thirty before it', { value: earliest, unit: ' ms', most: 5 });
    table.add('drift: frames missing', { value: missing });
  },
};
