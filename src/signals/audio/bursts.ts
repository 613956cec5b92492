import { checkValue } from '../checks.js';
import { sine, smoothstep } from '../maths.js';
import type { WaveformRenderer } from './waveform.js';

/** Short tones at equal intervals. */
export interface BurstsDescription {
  /** Seconds from one onset to the next. */
  readonly interval: number;
  /** Seconds, fades included. */
  readonly length: number;
  /** Seconds. Default 0: a sine begins at zero, so it needs no fade to begin without a click. */
  readonly fadeIn?: number;
  /** Seconds. */
  readonly fadeOut: number;
  readonly sampleRate: number;
  readonly plain: Burst;
  /** The first of this many bursts is a marker. Default 0: there are no markers. */
  readonly every?: number;
  readonly marker?: Burst;
}

interface Burst {
  /** Hz. */
  readonly frequency: number;
  readonly amplitude: number;
}

/** Starts a sine at phase 0 at every multiple of the interval on the timeline. */
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
