import { decibelsToAmplitude } from '../maths.js';
import { createBursts } from './bursts.js';
import type { Waveform } from './waveform.js';

const params = {
  bpm: { type: 'number', default: 120, min: 1, max: 1000, unit: '/min' },
  beats: { type: 'number', default: 4, min: 1, max: 64, whole: true },
  accent: { type: 'number', default: 6, min: 0, max: 60, unit: 'dB' },
} as const;

/** Decaying beats. The first of each bar is louder and a fifth higher. */
export const metronome: Waveform<typeof params> = {
  name: 'metronome',
  params,
  prepare({ frequency, sampleRate }, { bpm, beats, accent }) {
    const higher = frequency * 1.5;
    return createBursts({
      interval: 60 / bpm,
      length: 0.05,
      fadeOut: 0.05,
      sampleRate,
      plain: { frequency, amplitude: decibelsToAmplitude(-accent) },
      every: beats,
      marker: { frequency: higher < sampleRate / 2 ? higher : frequency, amplitude: 1 },
    });
  },
};
