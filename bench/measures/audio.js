/** How true a tone arrives, locally and over a peer connection. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withPage } from '../browser.js';

const tone = { frequency: 1000, level: -18 };

export const audio = {
  name: 'audio',
  title: 'A sine of 1000 Hz at -18 dBFS, read back over ten seconds',

  async run({ url, quick, table }) {
    const seconds = quick ? 3 : 10;
    const heard = await withPage(url, ({ call }) => call('listener', 'hear', { ...tone, seconds }));
    table.note('as received', heard);
    const [frequency, level] = ['frequency', 'level'].map((name) => Math.abs(heard[name] - tone[name]));
    table.add('audio: frequency is off by', { value: frequency, unit: ' Hz', most: 0.001 });
    table.add('audio: level is off by', { value: level, unit: ' dB', most: 0.01 });
    table.add('audio: jumps of phase', { value: heard.jumps, most: 0 });
    for (const busy of [false, true]) {
      const concealed = await withPage(url, (page) => concealedSamples(page, busy, seconds));
      table.add(`audio: samples concealed over a peer connection${busy ? ', main thread blocked' : ''}`, {
        value: concealed,
        most: 0,
      });
    }
  },
};

async function concealedSamples({ call }, busy, seconds) {
  await call('peers', 'connect', { width: 320, height: 180, rate: 15 });
  if (busy) await call('screen', 'block', 200);
  // The receiver conceals while its jitter buffer finds its depth.
  await sleep(4000);
  const before = await call('peers', 'counts');
  await sleep(seconds * 1000);
  const after = await call('peers', 'counts');
  if (after.samples - before.samples < seconds * 40_000) throw new Error('the receiver got no sound to judge by');
  return after.concealed - before.concealed;
}
