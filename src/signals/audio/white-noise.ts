import { randomSample } from '../random.js';
import type { Waveform } from './waveform.js';

/** Evenly spread between its peaks, which stand √3 (4.8 dB) above its RMS: 1.8 dB above a sine of the same level. */
export const whiteNoise: Waveform = {
  name: 'white-noise',
  prepare: ({ seed }) => ({
    render(samples, n) {
      for (let i = 0; i < samples.length; i++) samples[i] = randomSample(seed, n + i) * PEAK;
    },
  }),
};

/** √(3/2): an even spread has the RMS of its peak / √3, a sine that of its peak / √2. */
const PEAK = Math.sqrt(1.5);
