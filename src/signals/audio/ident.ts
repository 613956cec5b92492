import { smoothstep } from '../maths.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform, WaveformRenderer } from './waveform.js';

/** A tone with gaps at different times in the left and the right channel, so that they can be distinguished. */
const ident = (name: string, period: number, gaps: readonly (readonly number[])[]): Waveform => ({
  name,
  byChannel: true,
  prepare({ frequency, sampleRate, phase, channel }): WaveformRenderer {
    const tone = sumOfSines([{ step: frequency / sampleRate, phase, amplitude: 1 }]);
    const cycle = period * sampleRate;
    const fade = FADE_S * sampleRate;
    const length = GAP_S * sampleRate;
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

/** The length of a gap, from half amplitude to half amplitude. */
const GAP_S = 0.25;

/** The tone fades out and in, so that the gap does not click. */
const FADE_S = 0.005;

/** EBU stereo ident: the left channel has a gap of 250 ms every 3 s. */
export const identEbu = ident('ident-ebu', 3, [[2.5]]);

/** GLITS: every 4 s the left channel has a gap of 250 ms; 250 ms later the right channel has two, 250 ms apart. */
export const glits = ident('glits', 4, [[2.5], [3, 3.5]]);
