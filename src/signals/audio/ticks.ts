import { decibelsToAmplitude } from '../maths.js';
import { createBursts } from './bursts.js';
import { checkFrequency } from './channels.js';
import type { Waveform } from './waveform.js';

const params = {
  interval: { type: 'number', default: 1, min: 0.001, max: 3600, unit: 's' },
  length: { type: 'number', default: 0.01, min: 0.0001, max: 3600, unit: 's' },
  ramp: { type: 'number', default: 0.001, min: 0, max: 3600, unit: 's' },
  every: { type: 'number', default: 0, min: 0, max: 1e6, whole: true },
  markerLevel: { type: 'number', default: 0, min: -100, max: 100, unit: 'dB' },
  markerFrequency: { type: 'number', min: 0.01, max: 384000, unit: 'Hz' },
} as const;

/**
 * Short tones at equal intervals. The first of every `params.every` is a marker. The louder of the two has the level.
 */
export const ticks: Waveform<typeof params> = {
  name: 'ticks',
  params,
  prepare({ frequency, sampleRate }, { interval, length, ramp, every, markerLevel, markerFrequency = frequency }) {
    checkFrequency('params.markerFrequency', markerFrequency, sampleRate);
    return createBursts({
      interval,
      length,
      fadeIn: ramp,
      fadeOut: ramp,
      sampleRate,
      plain: { frequency, amplitude: decibelsToAmplitude(every ? Math.min(0, -markerLevel) : 0) },
      every,
      marker: { frequency: markerFrequency, amplitude: decibelsToAmplitude(Math.min(0, markerLevel)) },
    });
  },
};
