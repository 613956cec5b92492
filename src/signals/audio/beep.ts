import { createBursts } from './bursts.js';
import type { Waveform } from './waveform.js';

const params = {
  length: { type: 'number', default: 0.02, min: 0.001, max: 3600, unit: 's' },
  interval: { type: 'number', default: 0.5, min: 0.001, max: 3600, unit: 's' },
} as const;

/** A beep of 20 ms every half second, like Chromium's fake microphone (which beeps at 400 Hz). */
export const beep: Waveform<typeof params> = {
  name: 'beep',
  params,
  prepare: ({ frequency, sampleRate }, { length, interval }) =>
    createBursts({ interval, length, fadeOut: 0.001, sampleRate, plain: { frequency, amplitude: 1 } }),
};
