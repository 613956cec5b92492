import { exp2, fractionOf, log2, sine, smoothstep } from '../maths.js';
import { checkFrequency } from './channels.js';
import type { Waveform } from './waveform.js';

const params = {
  from: { type: 'number', default: 20, min: 0.01, max: 384000, unit: 'Hz' },
  to: { type: 'number', min: 0.01, max: 384000, unit: 'Hz' },
  duration: { type: 'number', default: 10, min: 0.01, max: 3600, unit: 's' },
  scale: { type: 'choice', default: 'logarithmic', options: ['logarithmic', 'linear'] },
  repeat: { type: 'boolean', default: true },
} as const;

/**
 * A sine that sweeps from one frequency to another, by equal octaves or equal hertz. Its phase is continuous when it
 * repeats.
 */
export const sweep: Waveform<typeof params> = {
  name: 'sweep',
  params,
  prepare({ sampleRate, since = 0 }, { from, to = Math.min(20000, 0.48 * sampleRate), duration, scale, repeat }) {
    checkFrequency('params.from', from, sampleRate);
    checkFrequency('params.to', to, sampleRate);
    const length = duration * sampleRate;
    const turnsOf = scale === 'linear' || from === to ? linear : logarithmic();
    const turnsOfAll = fractionOf(turnsOf(Math.floor(length), length - Math.floor(length)));

    /** Turns after `whole + rest` samples. It is the integral of the frequency, so errors do not accumulate. */
    function linear(whole: number, rest: number): number {
      const m = whole + rest;
      return (m / sampleRate) * (from + ((to - from) * m) / length / 2);
    }

    /** The integral of from × 2 ^ (octaves × m / length). Each power is the product of two from tables. */
    function logarithmic(): typeof linear {
      const octaves = log2(to / from);
      const factor = (from * duration) / (octaves * Math.LN2);
      const power = (m: number) => exp2((octaves * m) / length);
      const coarse = Float64Array.from({ length: Math.floor(length / STEP) + 1 }, (_, i) => power(i * STEP));
      const fine = Float64Array.from({ length: STEP }, (_, i) => power(i));
      let shift = 0;
      let shifted = 1;
      return (whole, rest) => {
        if (shift !== rest) [shift, shifted] = [rest, power(rest)];
        return factor * (coarse[Math.floor(whole / STEP)] * fine[whole % STEP] * shifted - 1);
      };
    }

    return {
      render(samples, n) {
        for (let i = 0; i < samples.length; i++) {
          const m = repeat ? n + i : n + i - since;
          const number = Math.floor(m / length);
          if (!repeat && number !== 0) {
            samples[i] = 0;
            continue;
          }
          // A repetition may begin between two samples; all of its samples are then off by that fraction.
          const first = Math.ceil(number * length);
          const whole = Math.max(0, m - first);
          const turns = fractionOf(number * turnsOfAll) + fractionOf(turnsOf(whole, first - number * length));
          samples[i] = sine(turns);
          if (!repeat) samples[i] *= smoothstep((length - m) / (sampleRate * FADE_OUT_S));
        }
      },
    };
  },
};

/** Samples per entry of the coarse table. */
const STEP = 4096;

/** The fade-out at the end of a sweep that does not repeat. */
const FADE_OUT_S = 0.005;
