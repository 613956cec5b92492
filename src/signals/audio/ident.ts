import { smoothstep } from '../maths.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform, WaveformRenderer } from './waveform.js';

/** A tone that tells left from right by when it is interrupted. */
const ident = (name: string, period: number, gaps: readonly (readonly number[])[]): Waveform => ({
  name,
  byChannel: true,
  prepare({ frequency, sampleRate, phase, channel }): WaveformRenderer {
    const tone = sumOfSines([{ step: frequency / sampleRate, phase, amplitude: 1 }]);
    const cycle = period * sampleRate;
    const fade = FADE * sampleRate;
    const length = GAP * sampleRate;
    const starts = (gaps[channel] ?? []).map((start) => start * sampleRate);
    return {
      render(samples, n) {
        tone(samples, n);
        for (const start of starts) {
          for (let i = 0; i < samples.length; i++) {
            const m = ((n + i) % cycle) - start;
            if (m < -fade || m > length + fade) continue;
            samples[i] *= 1 - smoothstep(m / fade + 0.5) * smoothstep((length - m) / fade + 0.5);
          }
        }
      },
    };
  },
});

/** Seconds that an interruption lasts, from half way out to half way in again. */
const GAP = 0.25;

/** Seconds that the tone takes to go and to come: no click. */
const FADE = 0.005;

/** EBU stereo ident: the left channel is off for 250 ms in every 3 s. */
export const identEbu = ident('ident-ebu', 3, [[2.5]]);

/** GLITS: the left channel is off for 250 ms in every 4 s; 250 ms later the right one is, twice, 250 ms apart. */
export const glits = ident('glits', 4, [[2.5], [3, 3.5]]);
