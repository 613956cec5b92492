import { now } from '../generator/timeline.js';

/**
 * The page's clock for its worker. They agree, unless the machine slept, or its clock was set, after the page was loaded:
 * some browsers then give the worker another time origin.
 *
 * @param pageTime The page's time when it posted a message that has just arrived.
 */
export function pageClock(pageTime: number, source: () => number = now): () => number {
  const difference = source() - pageTime;
  return Math.abs(difference) > MAX_POST_MS ? () => source() - difference : source;
}

/** A smaller difference may be the time that the message took, on a busy machine. */
const MAX_POST_MS = 10_000;
