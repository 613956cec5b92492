/** The time of the main thread for each written frame: `write(canvas)` of the library beside the browser's own writer. */
import { withChromium } from '../browser.js';
import { interleave, median, ratio } from '../statistics.js';

const methods = ['native', 'library'];

export const write = {
  name: 'write',
  title: 'write() of a canvas of 1280x720 on the main thread, including the creation of the frame',

  async run({ url, rounds, quick, table }) {
    await withChromium(url, async ({ page, call }) => {
      const session = await page.createCDPSession();
      await session.send('Performance.enable');
      const taskTime = async () => {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
      };
      await call('write-methods', 'openTracks');
      const frames = quick ? 100 : 300;
      for (const each of methods) await call('write-methods', 'writeFrames', each, frames);
      const results = await interleave(rounds * 4, methods, async (each) => {
        const before = await taskTime();
        const milliseconds = await call('write-methods', 'writeFrames', each, frames);
        return { inCall: milliseconds / frames, inTasks: ((await taskTime()) - before) / frames };
      });
      for (const [each, batches] of results) {
        table.note(`${each}, milliseconds per frame`, {
          'in the call': median(batches.map(({ inCall }) => inCall)),
          'in all tasks': median(batches.map(({ inTasks }) => inTasks)),
        });
      }
      for (const [where, what] of Object.entries({
        inCall: 'in the call',
        inTasks: 'in all tasks, including drawing',
      })) {
        const [native, library] = methods.map((each) => results.get(each).map((batch) => batch[where]));
        table.add(`write(): library / native writer, ${what}`, { value: ratio(library, native), unit: '×', most: 1.1 });
      }
    });
  },
};
