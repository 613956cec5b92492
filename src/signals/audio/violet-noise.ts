import { differentiate, filteredNoise } from './noise.js';
import type { Waveform } from './waveform.js';

/** Rises by 6.02 dB per octave: white noise, differentiated. Its highest peaks stand 8.3 dB above its RMS. */
export const violetNoise: Waveform = {
  name: 'violet-noise',
  prepare: ({ seed }) => filteredNoise(seed, differentiate({ length: 0, preroll: 32, step: (white) => white }), SCALE),
};

/** Brings the filter's output, for evenly spread input, to the RMS of a sine: 1/√2. */
const SCALE = 0.805450184679351;
