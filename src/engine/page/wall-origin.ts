import { pageOrigin } from '../../generator/timeline.js';
import { clockSkew, TOLERANCE } from '../wall-timeline.js';

let skew = clockSkew();

/**
 * When the page's timeline began, in milliseconds since 1970 by the machine's clock. It stays the same until somebody sets
 * that clock: no tone moves by what two readings differ.
 */
export function wallOrigin(): number {
  const read = clockSkew();
  if (Math.abs(read - skew) > TOLERANCE) skew = read;
  return pageOrigin() + skew;
}
