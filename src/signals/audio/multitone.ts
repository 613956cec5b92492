import { decibelsToAmplitude, fractionOf } from '../maths.js';
import { checkFrequency } from './channels.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform } from './waveform.js';

const params = {
  tones: {
    type: 'list',
    default: [63, 125, 250, 500, 1000, 2000, 4000, 8000].map((frequency) => ({ frequency, level: 0 })),
    min: 1,
    max: 64,
    item: {
      frequency: { type: 'number', default: 1000, min: 0.01, max: 384000, unit: 'Hz' },
      level: { type: 'number', default: 0, min: -200, max: 200, unit: 'dB' },
    },
  },
  phases: { type: 'choice', default: 'spread', options: ['spread', 'together'] },
} as const;

/**
 * Several sines with levels relative to each other. The sum of their amplitudes has the level of the tone, which no
 * peak exceeds. With `spread` phases (Newman's formula for equally spaced tones) the peaks stay well below it.
 */
export const multitone: Waveform<typeof params> = {
  name: 'multitone',
  params,
  prepare({ sampleRate }, { tones: given, phases }) {
    // Default tones that cannot be sampled are left out; for given ones that is an error.
    const tones = given.filter(({ frequency }) => given !== params.tones.default || frequency < sampleRate / 2);
    const amplitudes = tones.map(({ level }) => decibelsToAmplitude(level));
    const sum = amplitudes.reduce((total, amplitude) => total + amplitude);
    const render = sumOfSines(
      tones.map(({ frequency }, k) => {
        checkFrequency(`params.tones[${k}].frequency`, frequency, sampleRate);
        const phase = phases === 'spread' ? fractionOf((k * k) / (2 * tones.length)) : 0;
        return { step: frequency / sampleRate, phase, amplitude: amplitudes[k] / sum };
      }),
    );
    return { render };
  },
};
