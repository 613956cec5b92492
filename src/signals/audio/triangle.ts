import { oscillator } from './oscillator.js';
import type { Waveform } from './waveform.js';
import { wavetable } from './wavetable.js';

/** Rises and falls linearly: the odd harmonics, each at 1/k². */
export const triangleWave: Waveform = {
  name: 'triangle',
  prepare: (description) => oscillator(description, wavetable(description, harmonic)),
};

const harmonic = (k: number): number => (k % 2 ? (k % 4 === 1 ? 8 : -8) / (Math.PI * Math.PI) / (k * k) : 0);
