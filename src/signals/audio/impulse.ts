import { nearestWhole } from '../maths.js';
import type { Waveform } from './waveform.js';

const params = { interval: { type: 'number', default: 1, min: 0.001, max: 3600, unit: 's' } } as const;

/** A single sample at full level, nearest to each multiple of `params.interval`; all others are 0. */
export const impulse: Waveform<typeof params> = {
  name: 'impulse',
  params,
  prepare({ sampleRate }, { interval }) {
    const period = interval * sampleRate;
    return {
      render(samples, n) {
        samples.fill(0);
        for (let k = Math.floor(n / period); ; k++) {
          const at = nearestWhole(k * period) - n;
          if (at >= samples.length) return;
          if (at >= 0) samples[at] = 1;
        }
      },
    };
  },
};
