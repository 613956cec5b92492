/** What a frame costs the main thread: `write(canvas)` of a generator against the browser's own writer. */
import { withPage } from '../browser.js';
import { interleave, median, ratio } from '../statistics.js';

const cases = ['raw', 'ours'];

export const write = {
  name: 'write',
  title: 'write() of a canvas of 1280x720 on the main thread, the making of the frame included',

  async run({ url, rounds, quick, table }) {
    await withPage(url, async ({ page, call }) => {
      const session = await page.createCDPSession();
      await session.send('Performance.enable');
      const taskTime = async () => {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
      };
      await call('writers', 'open');
      const frames = quick ? 100 : 300;
      for (const each of cases) await call('writers', 'write', each, frames);
      const results = await interleave(rounds * 4, cases, async (each) => {
        const before = await taskTime();
        const milliseconds = await call('writers', 'write', each, frames);
        return { inCall: milliseconds / frames, inTasks: ((await taskTime()) - before) / frames };
      });
      for (const [each, batches] of results) {
        table.note(`${each}, milliseconds a frame`, {
          'in the call': median(batches.map(({ inCall }) => inCall)),
          'in all tasks': median(batches.map(({ inTasks }) => inTasks)),
        });
      }
      for (const [where, what] of Object.entries({
        inCall: 'in the call',
        inTasks: 'in all tasks, drawing included',
      })) {
        const [raw, ours] = cases.map((each) => results.get(each).map((batch) => batch[where]));
        table.add(`write(): ours / raw writer, ${what}`, { value: ratio(ours, raw), unit: '×', most: 1.1 });
      }
    });
  },
};
