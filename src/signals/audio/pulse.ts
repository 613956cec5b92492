import { fractionOf } from '../maths.js';
import { oscillator } from './oscillator.js';
import { sawtoothCycle } from './sawtooth.js';
import type { Waveform } from './waveform.js';

const params = { width: { type: 'number', default: 0.25, min: 0, max: 1 } } as const;

/**
 * High for `params.width` of a cycle, low for the rest. It has no DC component, so the shorter part is further from
 * zero: its peak has the level of the tone.
 */
export const pulseWave: Waveform<typeof params> = {
  name: 'pulse',
  params,
  prepare(tone, { width }) {
    const wave = sawtoothCycle(tone);
    const scale = 0.5 / Math.max(width, 1 - width);
    return oscillator(tone, (turn) => scale * (wave(fractionOf(turn + 0.5 - width)) - wave(fractionOf(turn + 0.5))));
  },
};
