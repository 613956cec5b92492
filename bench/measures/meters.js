/**
 * Processor time of ten level meters at once: that of all processes of the browser, minus that of the same page without meters.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { withChromium } from '../browser.js';
import { processorTime } from '../processor-time.js';
import { interleave, median } from '../statistics.js';

const COUNT = 10;

export const meters = {
  name: 'meters',
  title: `${COUNT} level meters of two channels, in percent of one core`,

  async run({ url, rounds, quick, table }) {
    const results = await interleave(rounds, [0, COUNT], (count) => measure(url, count, quick));
    const cost = (name) =>
      median(results.get(COUNT).map((round, index) => round[name] - results.get(0)[index][name])) * 100;
    table.add('meters: in sight', { value: cost('shown'), unit: ' %', most: 15 });
    table.add('meters: hidden', { value: cost('hidden'), unit: ' %' });
  },
};

/** Processor seconds per second, with the meters in sight and hidden. */
function measure(url, count, quick) {
  return withChromium(url, async ({ browser, call }) => {
    await call('level-meters', 'showMeters', count);
    await sleep(1500);
    const milliseconds = quick ? 1000 : 5000;
    const shown = await measureFor(milliseconds, browser);
    await call('level-meters', 'hideMeters');
    await sleep(500);
    return { shown, hidden: await measureFor(milliseconds, browser) };
  });
}

async function measureFor(milliseconds, browser) {
  const [time, start] = [await processorTime(browser), performance.now()];
  await sleep(milliseconds);
  return (((await processorTime(browser)) - time) * 1000) / (performance.now() - start);
}
