import { oscillator } from './oscillator.js';
import type { Waveform } from './waveform.js';
import { wavetable } from './wavetable.js';

/** Rises through zero, falls at once in mid-cycle: all harmonics, each at 1/k. */
export const sawtoothWave: Waveform = {
  name: 'sawtooth',
  prepare: (description) =>
    oscillator(
      description,
      wavetable(description, (k) => (k % 2 ? 2 : -2) / Math.PI / k),
    ),
};
