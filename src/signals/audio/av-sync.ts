import { createBursts } from './bursts.js';
import type { Waveform } from './waveform.js';

const params = {
  period: { type: 'number', default: 2, min: 0.01, max: 3600, unit: 's' },
  length: { type: 'number', default: 0.1, min: 0.001, max: 3600, unit: 's' },
} as const;

/**
 * The audio half of the signal `av-sync`: it beeps when the pattern in `video/av-sync.ts` flashes, at multiples of
 * `period`.
 */
export const avSync: Waveform<typeof params> = {
  name: 'av-sync',
  params,
  prepare: ({ frequency, sampleRate }, { period, length }) =>
    createBursts({ interval: period, length, fadeOut: 0.001, sampleRate, plain: { frequency, amplitude: 1 } }),
};
