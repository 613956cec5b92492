import { fractionOf, sine } from '../maths.js';
import { checkFrequency } from './channels.js';
import { turnsAtSample } from './oscillator.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform } from './waveform.js';

const params = {
  modulator: { type: 'number', default: 5, min: 0.001, max: 384000, unit: 'Hz' },
  deviation: { type: 'number', default: 50, min: 0, max: 384000, unit: 'Hz' },
} as const;

/** A sine whose frequency swings by `params.deviation` about `frequency`, as a cosine does. */
export const fm: Waveform<typeof params> = {
  name: 'fm',
  params,
  prepare({ frequency, sampleRate, phase }, { modulator, deviation }) {
    checkFrequency('frequency + params.deviation', frequency + deviation, sampleRate);
    checkFrequency('params.modulator', modulator, sampleRate);
    const step = frequency / sampleRate;
    // The integral of the swing, in turns.
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

const SPAN = 1024;
