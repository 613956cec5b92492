import { fractionOf, sine } from '../maths.js';
import { checkFrequency } from './channels.js';
import { turnsAtSample } from './oscillator.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform } from './waveform.js';

const params = {
  modulator: { type: 'number', default: 5, min: 0.001, max: 384000, unit: 'Hz' },
  deviation: { type: 'number', default: 50, min: 0, max: 384000, unit: 'Hz' },
} as const;

/** Frequency modulation: a sine whose frequency deviates from `frequency` by up to `params.deviation`, as a cosine. */
export const fm: Waveform<typeof params> = {
  name: 'fm',
  params,
  prepare({ frequency, sampleRate, phase }, { modulator, deviation }) {
    checkFrequency('frequency + params.deviation', frequency + deviation, sampleRate);
    checkFrequency('params.modulator', modulator, sampleRate);
    const step = frequency / sampleRate;
    // The phase is the integral of the frequency: a sine of this amplitude in turns.
    const amplitude = deviation / modulator / (2 * Math.PI);
    const swing = sumOfSines([{ step: modulator / sampleRate, phase: 0, amplitude }]);
    let turns = new Float64Array(0);
    return {
      render(samples, n) {
        if (turns.length !== samples.length) turns = new Float64Array(samples.length);
        swing(turns, n);
        for (let i = 0; i < samples.length; ) {
          const anchor = Math.floor((n + i) / SPAN) * SPAN;
          const start = turnsAtSample(step, phase, anchor);
          const end = Math.min(samples.length, anchor + SPAN - n);
          for (; i < end; i++) samples[i] = sine(fractionOf(start + (n + i - anchor) * step) + turns[i]);
        }
      },
    };
  },
};

/** Samples for which the phase of the carrier is counted from one exact value. */
const SPAN = 1024;
