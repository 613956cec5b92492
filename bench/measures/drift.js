/** Where frame 1798 is after a minute at 29.97. */
import { withPage } from '../browser.js';

const MINUTE = 1798;

export const drift = {
  name: 'drift',
  title: 'A minute at 30000/1001: how late frame 1798 is',

  async run({ url, quick, table }) {
    const last = quick ? Math.round(MINUTE / 10) : MINUTE;
    const { late, earliest, missing } = await withPage(url, ({ call }) => call('drift', 'lateness', last));
    table.add(`drift: frame ${last} is read late by`, { value: late, unit: ' ms', most: 5 });
    table.add('drift: the earliest of the thirty before it', { value: earliest, unit: ' ms', most: 5 });
    table.add('drift: frames missing', { value: missing });
  },
};
