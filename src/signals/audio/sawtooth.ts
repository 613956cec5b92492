import { oscillator } from './oscillator.js';
import type { ChannelTone, Waveform } from './waveform.js';
import { wavetable } from './wavetable.js';

/** Rises through zero at phase 0 and falls abruptly in mid-cycle: all harmonics, each at 1/k. */
export const sawtoothWave: Waveform = {
  name: 'sawtooth',
  prepare: (tone) => oscillator(tone, sawtoothCycle(tone)),
};

/** One cycle of a sawtooth. */
export const sawtoothCycle = (tone: ChannelTone) => wavetable(tone, harmonic);

const harmonic = (k: number): number => (k % 2 ? 2 : -2) / Math.PI / k;
