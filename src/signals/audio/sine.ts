import { sine } from '../maths.js';
import { oscillator } from './oscillator.js';
import type { Waveform } from './waveform.js';

/** A pure tone. */
export const sineWave: Waveform = {
  name: 'sine',
  prepare: (description) => oscillator(description, sine),
};
