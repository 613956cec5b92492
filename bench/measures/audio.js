/** The accuracy of a tone, read from its track, and the audio that a receiver has to conceal. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withChromium } from '../browser.js';

const tone = { frequency: 1000, level: -18 };

export const audio = {
  name: 'audio',
  title: 'A sine of 1000 Hz at -18 dBFS, read back over ten seconds',

  async run({ url, quick, table }) {
    const seconds = quick ? 3 : 10;
    const measured = await withChromium(url, ({ call }) => call('tone-analysis', 'measureTone', { ...tone, seconds }));
    table.note('as received', measured);
    const [frequency, level] = ['frequency', 'level'].map((name) => Math.abs(measured[name] - tone[name]));
    table.add('audio: frequency is off by', { value: frequency, unit: ' Hz', most: 0.001 });
    table.add('audio: level is off by', { value: level, unit: ' dB', most: 0.01 });
    table.add('audio: jumps of phase', { value: measured.jumps, most: 0 });
    for (const isBlocked of [false, true]) {
      const concealed = await withChromium(url, (page) => concealedSamples(page, isBlocked, seconds));
      table.add(`audio: samples concealed over a peer connection${isBlocked ? ', main thread blocked' : ''}`, {
        value: concealed,
        most: 0,
      });
    }
  },
};

async function concealedSamples({ call }, isBlocked, seconds) {
  await call('peer-connection', 'connect', { width: 320, height: 180, rate: 15 });
  if (isBlocked) await call('video-players', 'blockMainThread', 200);
  // The receiver conceals samples until its jitter buffer has found its length.
  await sleep(4000);
  const before = await call('peer-connection', 'receiverCounts');
  await sleep(seconds * 1000);
  const after = await call('peer-connection', 'receiverCounts');
  if (after.samples - before.samples < seconds * 40_000) throw new Error('the receiver got too little audio');
  return after.concealed - before.concealed;
}
