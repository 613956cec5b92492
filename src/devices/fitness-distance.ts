/*
 * The fitness distance of Media Capture and Streams, section "Constrainable Pattern": how far a setting is from the ideal
 * value, from 0 to 1.
 */

/** Differences below this are rounding errors of a sum. */
const ROUNDING_ERROR = 1e-12;

/** Of a number; 0 without an ideal. */
export const distanceFrom = (ideal: number | undefined, actual: number): number =>
  ideal === undefined || actual === ideal ? 0 : Math.abs(actual - ideal) / Math.max(Math.abs(actual), Math.abs(ideal));

/** Compares two lists of costs, the most important cost first. */
export function isCheaper(costs: readonly number[], than: readonly number[]): boolean {
  for (const [index, cost] of costs.entries()) {
    const difference = cost - (than[index] ?? 0);
    if (Math.abs(difference) > ROUNDING_ERROR) return difference < 0;
  }
  return false;
}
