import { oscillator } from './oscillator.js';
import type { Waveform } from './waveform.js';
import { wavetable } from './wavetable.js';

/** High for half a cycle, low for the other half: the odd harmonics, each at 1/k. */
export const squareWave: Waveform = {
  name: 'square',
  prepare: (description) => oscillator(description, wavetable(description, harmonic)),
};

const harmonic = (k: number): number => (k % 2 ? 4 / Math.PI / k : 0);
