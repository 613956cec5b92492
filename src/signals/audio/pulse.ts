import { fractionOf } from '../maths.js';
import { oscillator } from './oscillator.js';
import { sawtooth } from './sawtooth.js';
import type { Waveform } from './waveform.js';

const params = { width: { type: 'number', default: 0.25, min: 0, max: 1 } } as const;

/**
 * Up for `params.width` of a cycle, down for the rest of it. Without a constant part, so the shorter of the two stands
 * further from zero: the level is that of its peak.
 */
export const pulseWave: Waveform<typeof params> = {
  name: 'pulse',
  params,
  prepare(tone, { width }) {
    const wave = sawtooth(tone);
    const scale = 0.5 / Math.max(width, 1 - width);
    return oscillator(tone, (turn) => scale * (wave(fractionOf(turn + 0.5 - width)) - wave(fractionOf(turn + 0.5))));
  },
};
