import { modulo } from '../maths.js';
import type { CompletePatternDescription } from './pattern.js';

/**
 * The time from the last multiple of `period` seconds on the timeline to frame `n`, in units of 1 / `perSecond`
 * seconds: 1000 gives milliseconds. It is exact if frame rate, period and speed are whole numbers or short fractions.
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

/** `HH:MM:SS`, followed by `part`, the text for the fraction of a second. */
export function clockText(seconds: number, part: string): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return parts.map((each) => `${Math.floor(each)}`.padStart(2, '0')).join(':') + part;
}

/** The time of day of frame `n`, `HH:MM:SS.mmm`. */
export function timeText(n: number, description: CompletePatternDescription): string {
  const milliseconds = Math.floor(timeInPeriod(86400, n, description, 1000));
  return clockText(milliseconds / 1000, `.${`${milliseconds % 1000}`.padStart(3, '0')}`);
}
