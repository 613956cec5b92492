import { createBursts } from './bursts.js';
import type { Waveform } from './waveform.js';

const params = {
  period: { type: 'number', default: 2, min: 0.01, max: 3600, unit: 's' },
  length: { type: 'number', default: 0.1, min: 0.001, max: 3600, unit: 's' },
} as const;

/** A beep at every multiple of `params.period` on the timeline, together with the flash of the pattern of that name. */
export const avSync: Waveform<typeof params> = {
  name: 'av-sync',
  params,
  prepare: ({ frequency, sampleRate }, { period, length }) =>
    createBursts({ interval: period, length, fadeOut: 0.001, sampleRate, plain: { frequency, amplitude: 1 } }),
};
