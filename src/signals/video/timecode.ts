import { checkValue } from '../checks.js';
import { modulo, nearestWhole } from '../maths.js';
import { type Rate, rateValue } from '../rate.js';

/** The number within its day (UTC) of a frame that is counted since 1970, so that its time code is the time of day. */
export function frameOfDay(n: number, { numerator, denominator }: Rate): number {
  const day = Math.floor((n * denominator) / numerator / 86400);
  return n - Math.ceil((day * 86400 * numerator) / denominator);
}

/**
 * The time code of frame number `n` as SMPTE ST 12-1 has it, `HH:MM:SS:FF`: a count at the nearest whole rate. Starts
 * again after 24 hours.
 *
 * A plain count (non-drop) at 29.97 falls behind the clock by 3.6 s an hour. Drop-frame, `HH:MM:SS;FF`, keeps up with
 * it: it leaves out the first two numbers of every minute but each tenth, four at 59.94.
 *
 * @throws {RangeError} for drop-frame at a rate that has none.
 */
export function timecodeAt(n: number, frameRate: Rate, dropFrame = false): string {
  const rate = rateValue(frameRate);
  const perSecond = Math.max(1, nearestWhole(rate));
  checkValue(
    !dropFrame || [30000, 60000, 120000].includes(rate * 1001),
    'frameRate',
    rate,
    '30000/1001, 60000/1001 or 120000/1001 for drop-frame time code',
  );
  const skipped = dropFrame ? perSecond / 15 : 0;
  const minute = perSecond * 60 - skipped;
  const tenMinutes = minute * 10 + skipped;
  const frame = modulo(n, tenMinutes * 144);
  const tens = Math.floor(frame / tenMinutes);
  // The first minute of ten is the longer one.
  const minutes = 9 * tens + Math.max(0, Math.floor(((frame % tenMinutes) - skipped) / minute));
  const count = frame + skipped * minutes;
  const seconds = Math.floor(count / perSecond);
  // Above 100 frames a second their number has three digits from the first on, so that the text keeps its length.
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, count % perSecond];
  const text = parts.map((part, i) => `${part}`.padStart(i === 3 && perSecond > 100 ? 3 : 2, '0')).join(':');
  return dropFrame ? text.replace(/:(?=\d+$)/, ';') : text;
}
