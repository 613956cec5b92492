/** Processor time of a `<signal-scope>` in Chromium: that of all processes with the scope, minus that without it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withChromium } from '../browser.js';
import { threadTimes } from '../processor-time.js';
import { interleave, median } from '../statistics.js';

const views = [
  'waveform',
  'parade',
  'vectorscope',
  'histogram',
  'oscilloscope',
  'spectrum',
  'spectrogram',
  'goniometer',
];

/** Percent of one core, for the views of video. */
const MOST = 10;
const videoViews = views.slice(0, 4);

export const scopes = {
  name: 'scopes',
  title: 'Processor time of a scope at 15 refreshes a second, 1280x720@30',

  async run({ url, rounds, quick, table }) {
    const results = await interleave(rounds, views, (view) => measure(url, view, quick ? 2000 : 8000));
    for (const [view, measured] of results) {
      const share = (name) => median(measured.map((round) => round[name]));
      const target = videoViews.includes(view) ? { most: MOST } : {};
      table.add(view, { value: share('all'), unit: ' % of a core', ...target });
      table.note(view, { 'worker, % of a core': share('worker') });
    }
  },
};

/** The share of a core that all processes need for a scope, and that of the workers, in percent. */
function measure(url, view, milliseconds) {
  return withChromium(url, async ({ browser, call }) => {
    await call('scopes', 'playSources');
    await sleep(1500);
    const without = await spend(browser, milliseconds);
    await call('scopes', 'showScope', view);
    await sleep(1500);
    const having = await spend(browser, milliseconds);
    return { all: 100 * (having.all - without.all), worker: 100 * (having.worker - without.worker) };
  });
}

/** Seconds of processor time a second, of all threads and of the workers. */
async function spend(browser, milliseconds) {
  const [before, start] = [await threadTimes(browser), performance.now()];
  await sleep(milliseconds);
  const [after, end] = [await threadTimes(browser), performance.now()];
  const sums = { all: 0, worker: 0 };
  for (const [id, { thread, seconds }] of after) {
    const spent = seconds - (before.get(id)?.seconds ?? 0);
    sums.all += spent;
    if (/^renderer DedicatedWorker/.test(thread)) sums.worker += spent;
  }
  return { all: (1000 * sums.all) / (end - start), worker: (1000 * sums.worker) / (end - start) };
}
