import { randomSample } from '../random.js';
import type { WaveformRenderer } from './waveform.js';

/** A recursive filter. */
export interface Filter {
  /** The number of its state variables. */
  readonly length: number;
  /** Samples after which an earlier state has decayed by 150 dB. */
  readonly preroll: number;
  /** Filters one sample. `state` begins with zeros. */
  step(sample: number, state: Float64Array): number;
}

/**
 * Filtered white noise. Sample n must not depend on where playing began, although the filter has a state. So the filter
 * is reset at every multiple of 32768 samples, after it has run over the `preroll` samples before: the reset is
 * inaudible.
 */
export function filteredNoise(seed: number, filter: Filter, scale: number): WaveformRenderer {
  const state = new Float64Array(filter.length);
  let next = Number.NaN;
  const step = (): number => filter.step(randomSample(seed, next++), state);
  return {
    render(samples, n) {
      for (let i = 0; i < samples.length; i++) {
        const target = n + i;
        const into = target - Math.floor(target / RESET_INTERVAL) * RESET_INTERVAL;
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

const RESET_INTERVAL = 32768;

/** Differentiates the output of a filter: adds 6.02 dB per octave. */
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
 * Near half the sample rate, a difference or a sum of samples deviates from 6.02 dB per octave. This second tap
 * corrects it to within 0.1 dB at 16 kHz (sample rate 48 kHz).
 */
export const SECOND_TAP = 0.135;
