import { differentiate, filteredNoise } from './noise.js';
import { pinkFilter } from './pink-noise.js';
import type { Waveform } from './waveform.js';

/** Rises by 3.01 dB per octave: differentiated pink noise. Its highest peaks are about 8.5 dB above its RMS. */
export const blueNoise: Waveform = {
  name: 'blue-noise',
  prepare: ({ seed }) => filteredNoise(seed, differentiate(pinkFilter), SCALE),
};

/** Scales the filtered noise (of uniform distribution) to the RMS of a sine: 1/√2. */
const SCALE = 0.647891460533232;
