import { differentiate, filteredNoise } from './noise.js';
import type { Waveform } from './waveform.js';

/** Rises by 6.02 dB per octave: differentiated white noise. Its highest peaks are 8.3 dB above its RMS. */
export const violetNoise: Waveform = {
  name: 'violet-noise',
  prepare: ({ seed }) => filteredNoise(seed, differentiate({ length: 0, preroll: 32, step: (white) => white }), SCALE),
};

/** Scales the filtered noise (of uniform distribution) to the RMS of a sine: 1/√2. */
const SCALE = 0.805450184679351;
