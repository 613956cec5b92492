import { modulo } from '../maths.js';
import type { CompletePatternDescription } from './pattern.js';

/**
 * How long before frame `n` the last whole multiple of `period` seconds was on the timeline, in parts of a second:
 * `perSecond` 1000 gives milliseconds. Exact wherever frame rate, period and speed are whole numbers or short fractions.
 */
export function timeInPeriod(
  period: number,
  n: number,
  { frameRate, speed }: Pick<CompletePatternDescription, 'frameRate' | 'speed'>,
  perSecond = 1,
): number {
  const { numerator, denominator } = frameRate;
  return (modulo(n * speed * denominator, period * numerator) * perSecond) / numerator;
}

/** `HH:MM:SS` and what is given as the part of a second. */
export function clockText(seconds: number, part: string): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return parts.map((each) => `${Math.floor(each)}`.padStart(2, '0')).join(':') + part;
}

/** The time of day of frame `n`, `HH:MM:SS.mmm`. */
export function timeText(n: number, description: CompletePatternDescription): string {
  const milliseconds = Math.floor(timeInPeriod(86400, n, description, 1000));
  return clockText(milliseconds / 1000, `.${`${milliseconds % 1000}`.padStart(3, '0')}`);
}
