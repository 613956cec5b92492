import { clockSkew, now } from '../generator/timeline.js';

/**
 * The page's clock for its worker. They agree, unless the machine slept, or its clock was set, after the page was loaded:
 * some browsers then give the worker another time origin. The machine's clock, which both can read, tells by how much.
 *
 * @param pageSkew The page's {@link clockSkew}.
 */
export function pageClock(pageSkew: number, source = now, wall: () => number = Date.now): () => number {
  const difference = clockSkew(source, wall) - pageSkew;
  return Math.abs(difference) > TOLERANCE_MS ? () => source() + difference : source;
}

/** A smaller difference may be the steps of clocks, which a browser makes coarse against fingerprinting. */
const TOLERANCE_MS = 250;
