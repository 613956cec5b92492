import type { Rate } from '../signals/rate.js';

/**
 * The clock of what is played: number `n` is due at `origin + n / rate`, always counted from the origin, so that no
 * error adds up.
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

  /** The number that is due at a time: the last whose moment has come. */
  numberAt(time: number): number {
    const n = ((time - this.origin) * this.rate.numerator) / (1000 * this.rate.denominator);
    return Math.floor(n + ROUNDING);
  }

  /** Microseconds since the origin, as `VideoFrame` and `AudioData` count. */
  timestamp(n: number): number {
    return Math.round((n * 1e6 * this.rate.denominator) / this.rate.numerator);
  }
}

/** A time computed by `due(n)` has to give `n` again, whatever the last bits say. */
const ROUNDING = 1e-4;

/** Milliseconds on a clock that page and workers share. */
export const now = (): number => performance.timeOrigin + performance.now();

let origin: number | undefined;

/** Where the page's time begins: when it is first asked for. Every source counts from here, so what belongs together stays together. */
export const pageOrigin = (): number => {
  origin ??= now();
  return origin;
};
