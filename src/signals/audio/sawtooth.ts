import { oscillator } from './oscillator.js';
import type { ChannelTone, Waveform } from './waveform.js';
import { wavetable } from './wavetable.js';

/** Rises through zero, falls at once in mid-cycle: all harmonics, each at 1/k. */
export const sawtoothWave: Waveform = {
  name: 'sawtooth',
  prepare: (tone) => oscillator(tone, sawtooth(tone)),
};

/** One cycle of it. */
export const sawtooth = (tone: ChannelTone) => wavetable(tone, harmonic);

const harmonic = (k: number): number => (k % 2 ? 2 : -2) / Math.PI / k;
