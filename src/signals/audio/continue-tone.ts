import { fractionOf } from '../maths.js';
import { turnsAt } from './oscillator.js';
import type { ToneDescription } from './waveform.js';

/**
 * The description that goes over from one tone to another at sample number `start`, without a click: `next` takes up the
 * cycle where `previous` stood, and fades in over it for `length` samples. `previous` is `null` after silence.
 */
export function continueTone(
  previous: ToneDescription | null,
  next: ToneDescription,
  start: number,
  length: number,
): ToneDescription {
  // At another sample rate sample `start` is another moment, and a fade would have to resample.
  const from = previous?.sampleRate === next.sampleRate ? settled(previous, start, MOST_FADES) : null;
  const phase = from ? fractionOf(turnsAt(from, start) - turnsAt({ ...next, phase: 0 }, start)) : next.phase;
  return { ...next, phase, ramp: { from, start, length } };
}

/** A slider may start a new fade before the last has ended; a chain of more than this many sounds like nothing but costs. */
const MOST_FADES = 3;

/** A tone without the fades that have ended by then. */
function settled(tone: ToneDescription, n: number, fades: number): ToneDescription {
  const { ramp, ...steady } = tone;
  if (!ramp || fades === 0 || n >= ramp.start + ramp.length) return steady;
  return { ...steady, ramp: { ...ramp, from: ramp.from && settled(ramp.from, n, fades - 1) } };
}
