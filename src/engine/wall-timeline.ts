import { now, Timeline } from '../generator/timeline.js';
import type { Rate } from '../signals/rate.js';

/**
 * The timeline of the machine's clock: frame 0 was due at the beginning of 1970, so that machines whose clocks agree show
 * the same frame at the same time. Timestamps count from the page's origin all the same.
 */
export class WallTimeline extends Timeline {
  /** The first frame that is due once the page has begun. */
  readonly pageStart: number;
  readonly #zero: number;

  constructor(
    rate: Rate,
    zero: number,
    readonly skew = clockSkew(),
  ) {
    super(rate, -skew);
    this.#zero = zero;
    this.pageStart = this.numberAt(zero) + 1;
  }

  override timestamp(n: number): number {
    const { numerator, denominator } = this.rate;
    const first = (this.due(this.pageStart) - this.#zero) * 1000;
    return Math.round(first + ((n - this.pageStart) * 1e6 * denominator) / numerator);
  }

  /** Whether the machine's clock has been set meanwhile. */
  get isOff(): boolean {
    return Math.abs(clockSkew() - this.skew) > TOLERANCE;
  }
}

/** What the machine's clock says more than the page's, in milliseconds; the machine's cuts fractions off. */
export const clockSkew = (): number => Date.now() + 0.5 - now();

/** Milliseconds by which the two may part. */
export const TOLERANCE = 5;
