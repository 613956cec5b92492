import type { Rate } from '../signals/rate.js';

/**
 * A clock that numbers frames or blocks: number `n` is due at `origin + n / rate`. Every time is counted from the
 * origin, so that errors do not add up.
 */
export class Timeline {
  constructor(
    readonly rate: Rate,
    /** Milliseconds of {@link now}. */
    readonly origin: number,
  ) {}

  /** When number `n` is due, in milliseconds of {@link now}. */
  due(n: number): number {
    return this.origin + (n * 1000 * this.rate.denominator) / this.rate.numerator;
  }

  /** The last number that is due at a time in milliseconds of {@link now}. */
  numberAt(time: number): number {
    const n = ((time - this.origin) * this.rate.numerator) / (1000 * this.rate.denominator);
    return Math.floor(n + ROUNDING);
  }

  /** Microseconds since the origin, as `VideoFrame` and `AudioData` count them. */
  timestamp(n: number): number {
    return Math.round((n * 1e6 * this.rate.denominator) / this.rate.numerator);
  }
}

/** In numbers. For the time that `due(n)` returns, the frame number must be `n` again, in spite of rounding. */
const ROUNDING = 1e-4;

/** Milliseconds on a clock that a page and its workers share. */
export const now = (): number => performance.timeOrigin + performance.now();

/** Milliseconds that the machine's clock is ahead of {@link now}. `Date.now()` cuts fractions off: half of one on average. */
export const clockSkew = (source = now, wall: () => number = Date.now): number => wall() + 0.5 - source();

let origin: number | undefined;

/**
 * The page's origin, in milliseconds of {@link now}: the moment of the first call. All sources of a page count from it,
 * so that video and audio that belong together stay together.
 */
export const pageOrigin = (): number => {
  origin ??= now();
  return origin;
};
