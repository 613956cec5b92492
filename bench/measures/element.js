/** Audio by a captured media element, the backend of Firefox before a user gesture: its gaps, and how late it is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withFirefox } from '../browser.js';

export const element = {
  name: 'element',
  title: 'A tone by a captured media element in Firefox',

  async run({ url, quick, minutes, table }) {
    const heard = await withFirefox(url, async ({ call }) => {
      await call('element-audio', 'startListening');
      await sleep(quick ? 10_000 : minutes * 60_000);
      return call('element-audio', 'listened');
    });
    table.note('element: as received', heard);
    table.add('element: gaps', { value: heard.gaps, most: 0 });
    table.add('element: delay, median', { value: heard['median delay, ms'], unit: ' ms', most: 150 });
  },
};
