/*
 * Mathematics with the same result everywhere. `Math.sin`, `Math.exp` and `Math.pow` differ in the last bit between
 * browser engines. These functions only use operations whose result IEEE 754 defines to the bit.
 */

/** The sine of an angle in turns: `sine(0.25)` is 1. Within 2⁻⁵² of the true value up to a thousand turns. */
export function sine(turns: number): number {
  let t = turns - Math.floor(turns + 0.5);
  if (t > 0.25) t = 0.5 - t;
  else if (t < -0.25) t = -0.5 - t;
  const x = t * 6.283185307179586;
  const square = x * x;
  let sum = 0;
  for (let i = 0; i < reciprocals.length; i++) sum = (1 - sum) * square * reciprocals[i];
  return x - x * sum;
}

/** 1 / (2k · (2k + 1)) for k from 10 down to 1: the factors of the Taylor series in Horner form. */
const reciprocals = /* @__PURE__ */ Float64Array.from({ length: 10 }, (_, i) => 1 / ((20 - 2 * i) * (21 - 2 * i)));

/** Two to the power of `x`. */
export function exp2(x: number): number {
  if (x < -1075) return 0;
  if (x > 1024) return Infinity;
  const whole = Math.floor(x + 0.5);
  const power = (x - whole) * Math.LN2;
  let sum = 1;
  for (let k = 14; k > 0; k--) sum = 1 + (power * sum) / k;
  for (let i = 0; i < whole; i++) sum *= 2;
  for (let i = 0; i > whole; i--) sum /= 2;
  return sum;
}

/** The logarithm to base 2 of `x`, which is above 0. */
export function log2(x: number): number {
  let whole = 0;
  let rest = x;
  for (; rest < Math.SQRT1_2; whole--) rest *= 2;
  for (; rest > Math.SQRT2; whole++) rest /= 2;
  const s = (rest - 1) / (rest + 1);
  let sum = 0;
  for (let k = 21; k > 0; k -= 2) sum = 1 / k + s * s * sum;
  return whole + 2 * Math.LOG2E * s * sum;
}

/** Decibels as a factor of amplitude: 0 dB is 1, −20 dB is 0.1, −∞ is 0. */
export const decibelsToAmplitude = (decibels: number): number => exp2(decibels * 0.16609640474436813);

/** The fractional part of a number of turns, from 0 to below 1, also for negative numbers. */
export const fractionOf = (turns: number): number => turns - Math.floor(turns);

/** The nearest whole number; halves are rounded up. */
export const nearestWhole = (x: number): number => Math.floor(x + 0.5);

/** The direction of a point as seen from the origin, in turns from −0.5 to 0.5: 0 along x, 0.25 along y. */
export function angleOf(y: number, x: number): number {
  const [a, b] = [Math.abs(x), Math.abs(y)];
  if (a + b === 0) return 0;
  // The angle is reduced to an eighth of a turn and then halved twice: now the arctangent series needs twelve terms.
  let t = Math.min(a, b) / Math.max(a, b);
  for (let i = 0; i < 2; i++) t /= 1 + Math.sqrt(1 + t * t);
  let sum = 0;
  for (let k = 23; k > 0; k -= 2) sum = 1 / k - t * t * sum;
  let turns = t * sum * 0.6366197723675814;
  if (b > a) turns = 0.25 - turns;
  if (x < 0) turns = 0.5 - turns;
  return y < 0 ? -turns : turns;
}

/** The remainder of `x / size`, from 0 to below `size`, also for a negative `x`. */
export const modulo = (x: number, size: number): number => ((x % size) + size) % size;

/** From 0 to 1 for `x` from 0 to 1, with a slope of 0 at both ends. Values outside are clamped. */
export function smoothstep(x: number): number {
  const k = Math.max(0, Math.min(1, x));
  return k * k * (3 - 2 * k);
}
