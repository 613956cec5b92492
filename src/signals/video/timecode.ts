import { checkNumber, checkValue } from '../checks.js';
import { modulo, nearestWhole } from '../maths.js';
import { checkRate, framesPerSecond, type Rate } from '../rate.js';

/**
 * Converts a frame number since 1970 to one since midnight, so that its time code is the time of day.
 *
 * @param offset Seconds by which the clocks are ahead of UTC.
 */
export function frameOfDay(n: number, { numerator, denominator }: Rate, offset = 0): number {
  const day = Math.floor(((n * denominator) / numerator + offset) / 86400);
  return n - Math.ceil(((day * 86400 - offset) * numerator) / denominator);
}

/**
 * The time code of frame number `n` by SMPTE ST 12-1, `HH:MM:SS:FF`: a count at the nearest whole rate. It wraps around
 * after 24 hours.
 *
 * A non-drop count at 29.97 falls behind real time by 3.6 s per hour. Drop-frame, `HH:MM:SS;FF`, corrects this: it
 * skips the first two numbers of every minute except each tenth; four at 59.94, eight at 119.88.
 *
 * @throws {RangeError} for drop-frame at any other frame rate.
 */
export function timecodeAt(n: number, frameRate: Rate, dropFrame = false): string {
  checkNumber('n', n);
  checkRate('frameRate', frameRate);
  const rate = framesPerSecond(frameRate);
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
  // The first of ten minutes skips no numbers, so it is longer.
  const minutes = 9 * tens + Math.max(0, Math.floor(((frame % tenMinutes) - skipped) / minute));
  const count = frame + skipped * minutes;
  const seconds = Math.floor(count / perSecond);
  // Above 100 frames per second the frame always has three digits, so that the text keeps its length.
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, count % perSecond];
  const text = parts.map((part, i) => `${part}`.padStart(i === 3 && perSecond > 100 ? 3 : 2, '0')).join(':');
  return dropFrame ? text.replace(/:(?=\d+$)/, ';') : text;
}
