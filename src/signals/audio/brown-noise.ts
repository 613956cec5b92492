import { filteredNoise, SECOND_TAP } from './noise.js';
import type { Waveform } from './waveform.js';

/** Falls by 6.02 dB per octave from 20 Hz up (at 48 kHz). Its highest peaks stand about 13 dB above its RMS. */
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

/** Brings the filter's output, for evenly spread input, to the RMS of a sine: 1/√2. */
const SCALE = 0.0506048000946743;
