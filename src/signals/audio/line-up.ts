import { decibelsToAmplitude } from '../maths.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform } from './waveform.js';

const LEVELS_DBFS = { 'ebu-r68': -18, 'smpte-rp155': -20 };

const params = {
  standard: { type: 'choice', default: 'ebu-r68', options: Object.keys(LEVELS_DBFS) as (keyof typeof LEVELS_DBFS)[] },
} as const;

/** 1 kHz at the level of the standard. It ignores `frequency`, `phase` and `level`, except for a level of −∞. */
export const lineUp: Waveform<typeof params> = {
  name: 'line-up',
  params,
  ownLevel: true,
  prepare: ({ sampleRate }, { standard }) => ({
    render: sumOfSines([{ step: 1000 / sampleRate, phase: 0, amplitude: decibelsToAmplitude(LEVELS_DBFS[standard]) }]),
  }),
};
