import { checkValue } from '../checks.js';
import { sine, smoothstep } from '../maths.js';
import type { WaveformRenderer } from './waveform.js';

/** Short tones at equal distances. All lengths are seconds. */
export interface BurstsDescription {
  readonly interval: number;
  readonly length: number;
  /** How long each fades in, and out, within its length. A sine begins at zero: it needs no fade to begin without a click. */
  readonly fadeIn?: number;
  readonly fadeOut: number;
  readonly sampleRate: number;
  readonly plain: Burst;
  /** The first one of every so many is another; 0 for none. */
  readonly every?: number;
  readonly marker?: Burst;
}

interface Burst {
  readonly frequency: number;
  readonly amplitude: number;
}

/** Plays a sine from its beginning at every multiple of an interval: the onset is where the timeline says. */
export function createBursts(description: BurstsDescription): WaveformRenderer {
  const { sampleRate, plain, every = 0, marker = plain } = description;
  const period = description.interval * sampleRate;
  const length = description.length * sampleRate;
  checkValue(length <= period, 'params.length', description.length, `at most the interval, ${description.interval} s`);
  const fadeIn = (description.fadeIn ?? 0) * sampleRate;
  const fadeOut = Math.min(description.fadeOut * sampleRate, length);
  return {
    render(samples, n) {
      for (let i = 0; i < samples.length; i++) {
        const number = Math.floor((n + i) / period);
        const m = n + i - number * period;
        if (m >= length) {
          samples[i] = 0;
          continue;
        }
        const { frequency, amplitude } = every && number % every === 0 ? marker : plain;
        let gain = amplitude;
        if (m < fadeIn) gain *= smoothstep(m / fadeIn);
        if (length - m < fadeOut) gain *= smoothstep((length - m) / fadeOut);
        samples[i] = gain * sine((m * frequency) / sampleRate);
      }
    },
  };
}
