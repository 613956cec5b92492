import { filteredNoise, SECOND_TAP } from './noise.js';
import type { Waveform } from './waveform.js';

/** Falls by 6.02 dB per octave above 20 Hz (at 48 kHz). Its highest peaks are about 13 dB above its RMS. */
export const brownNoise: Waveform = {
  name: 'brown-noise',
  prepare: ({ seed }) => filteredNoise(seed, { length: 1, preroll: 16384, step }, SCALE),
};

function step(white: number, state: Float64Array): number {
  const last = state[0];
  state[0] = last * POLE + white;
  return state[0] + last * SECOND_TAP;
}

const POLE = 0.9989;

/** Scales the filtered noise (of uniform distribution) to the RMS of a sine: 1/√2. */
const SCALE = 0.0506048000946743;
