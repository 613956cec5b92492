import { nearestWhole } from '../maths.js';
import { type Rate, rateValue } from '../rate.js';

/**
 * The time code of frame number `n`, `HH:MM:SS:FF`: a plain count (non-drop) at the nearest whole rate, as SMPTE ST 12-1
 * has it, so that at 29.97 it falls behind the clock by 3.6 s an hour. Starts again after 24 hours.
 */
export function timecodeAt(n: number, frameRate: Rate): string {
  const perSecond = Math.max(1, nearestWhole(rateValue(frameRate)));
  const day = perSecond * 86400;
  const count = ((n % day) + day) % day;
  const seconds = Math.floor(count / perSecond);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, count % perSecond];
  // Above 100 frames a second their number has three digits from the first on, so that the text keeps its length.
  return parts.map((part, i) => `${part}`.padStart(i === 3 && perSecond > 100 ? 3 : 2, '0')).join(':');
}
