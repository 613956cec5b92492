import { log2, sine } from '../maths.js';
import { random32 } from '../random.js';
import type { Waveform } from './waveform.js';

/** White noise of normal distribution, like noise in nature. Its highest peaks are about 14 dB above its RMS. */
export const gaussianNoise: Waveform = {
  name: 'gaussian-noise',
  prepare: ({ seed }) => ({
    render(samples, n) {
      // Box–Muller transform: a radius and an angle make two samples.
      let pair = Number.NaN;
      let radius = 0;
      let turns = 0;
      for (let i = 0; i < samples.length; i++) {
        const index = n + i;
        if (pair !== Math.floor(index / 2)) {
          pair = Math.floor(index / 2);
          // −ln x is half the square of the radius; the variance of a sine is one half.
          radius = Math.sqrt(-Math.LN2 * log2((random32(seed, 2 * pair) + 1) / 0x1_0000_0000));
          turns = random32(seed, 2 * pair + 1) / 0x1_0000_0000;
        }
        samples[i] = radius * sine(turns + (index - 2 * pair) / 4);
      }
    },
  }),
};
