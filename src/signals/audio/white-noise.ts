import { randomSample } from '../random.js';
import type { Waveform } from './waveform.js';

/** Uniform distribution. Its peaks are √3 (4.8 dB) above its RMS: 1.8 dB above the peak of a sine of the same level. */
export const whiteNoise: Waveform = {
  name: 'white-noise',
  prepare: ({ seed }) => ({
    render(samples, n) {
      for (let i = 0; i < samples.length; i++) samples[i] = randomSample(seed, n + i) * PEAK;
    },
  }),
};

/** √(3/2): the RMS of a uniform distribution is its peak / √3, the RMS of a sine is its peak / √2. */
const PEAK = Math.sqrt(1.5);
