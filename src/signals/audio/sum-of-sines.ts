import { sine } from '../maths.js';
import { turnsAtSample } from './oscillator.js';

/** One of several sines that are added. */
export interface Sine {
  /** Turns per sample. */
  readonly step: number;
  /** Turns at sample 0. */
  readonly phase: number;
  readonly amplitude: number;
}

/**
 * A sum of sines with two multiplications per sine and sample: the phase is exact at every 64th sample, and a table
 * gives the samples that follow, by the addition theorem.
 */
export function sumOfSines(sines: readonly Sine[]): (samples: Float32Array | Float64Array, n: number) => void {
  const tables = sines.map(({ step, amplitude }) =>
    Float64Array.from({ length: 2 * SPAN }, (_, i) => amplitude * sine((i >> 1) * step + (i % 2) / 4)),
  );
  const sum = new Float64Array(SPAN);
  return (samples, n) => {
    for (let i = 0; i < samples.length; ) {
      const anchor = Math.floor((n + i) / SPAN) * SPAN;
      const first = n + i - anchor;
      const count = Math.min(SPAN - first, samples.length - i);
      sum.fill(0);
      tables.forEach((table, k) => {
        const turns = turnsAtSample(sines[k].step, sines[k].phase, anchor);
        const s = sine(turns);
        const c = sine(turns + 0.25);
        for (let j = first; j < first + count; j++) sum[j] += s * table[2 * j + 1] + c * table[2 * j];
      });
      for (let j = first; j < first + count; j++) samples[i++] = sum[j];
    }
  };
}

const SPAN = 64;
