import { randomSample } from '../random.js';
import type { WaveformRenderer } from './waveform.js';

/** A filter that remembers. */
export interface Filter {
  /** How many numbers it remembers. */
  readonly length: number;
  /** How many samples it takes to forget: after them what was before has sunk by 150 dB. */
  readonly preroll: number;
  /** What it makes of a sample; `state` is what it remembers, zeros at first. */
  step(sample: number, state: Float64Array): number;
}

/**
 * Filtered white noise. A filter remembers, but sample n must not depend on where the playing began. So it starts afresh
 * at every 32768th sample, running in on those before it: nothing is heard of what it forgot.
 */
export function filteredNoise(seed: number, filter: Filter, scale: number): WaveformRenderer {
  const state = new Float64Array(filter.length);
  let next = Number.NaN;
  const step = (): number => filter.step(randomSample(seed, next++), state);
  return {
    render(samples, n) {
      for (let i = 0; i < samples.length; i++) {
        const target = n + i;
        const into = target - Math.floor(target / RESTART) * RESTART;
        if (next !== target || into === 0) {
          state.fill(0);
          next = target - into - filter.preroll;
          while (next < target) step();
        }
        samples[i] = step() * scale;
      }
    },
  };
}

const RESTART = 32768;

/** Differentiates what another filter gives: 6.02 dB per octave more. */
export const differentiate = ({ length, preroll, step }: Filter): Filter => ({
  length: length + 2,
  preroll: preroll + 32,
  step(sample, state) {
    const input = step(sample, state);
    const output = input - state[length] - SECOND_TAP * state[length + 1];
    state[length] = input;
    state[length + 1] = output;
    return output;
  },
});

/**
 * The difference of two samples, and the sum of all, bend away from 6.02 dB per octave near half the sample rate. This
 * second tap makes up for it, within 0.1 dB at 16 kHz (of 48).
 */
export const SECOND_TAP = 0.135;
