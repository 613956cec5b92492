import { checkFrequency } from './channels.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform } from './waveform.js';

const params = {
  modulator: { type: 'number', default: 4, min: 0.001, max: 384000, unit: 'Hz' },
  depth: { type: 'number', default: 0.5, min: 0, max: 1 },
} as const;

/** Amplitude modulation: a carrier at `frequency` and two sidebands. The peak of the sum has the level of the tone. */
export const am: Waveform<typeof params> = {
  name: 'am',
  params,
  prepare({ frequency, sampleRate, phase }, { modulator, depth }) {
    checkFrequency('frequency + params.modulator', frequency + modulator, sampleRate);
    const amplitude = 1 / (1 + depth);
    const side = (sign: number) => ({
      step: (frequency + sign * modulator) / sampleRate,
      phase: phase - sign / 4,
      amplitude: (amplitude * depth) / 2,
    });
    return { render: sumOfSines([{ step: frequency / sampleRate, phase, amplitude }, side(1), side(-1)]) };
  },
};
