/**
 * A random unsigned 32-bit integer: number `index` of the sequence of a seed. It has no state, so a frame or sample can
 * be computed without those before it.
 */
export const random32 = (seed: number, index: number): number =>
  // After every 2³² numbers the sequence continues with another seed.
  hash32(hash32(index | 0) + Math.imul(seed + Math.floor(index / 0x1_0000_0000), 0x9e3779b1)) >>> 0;

/** The random number as a sample, from −1 to below 1. */
export const randomSample = (seed: number, index: number): number => random32(seed, index) / 0x8000_0000 - 1;

/** An integer hash in which every bit depends on all bits (Chris Wellons' `lowbias32`). */
function hash32(bits: number): number {
  let x = bits | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
