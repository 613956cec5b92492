/**
 * A random 32-bit number, from 0: the one that stands at `index` in the sequence of a seed. Nothing is remembered from
 * call to call, so any frame or sample can be had without those before it.
 */
export const random32 = (seed: number, index: number): number =>
  // Every 2³² numbers the sequence goes on as that of another seed.
  mix(mix(index | 0) + Math.imul(seed + Math.floor(index / 0x1_0000_0000), 0x9e3779b1)) >>> 0;

/** The same as a number from −1 to below 1. */
export const randomSample = (seed: number, index: number): number => random32(seed, index) / 0x8000_0000 - 1;

/** Spreads every bit over all others (the constants are Chris Wellons' `lowbias32`). */
function mix(bits: number): number {
  let x = bits | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
