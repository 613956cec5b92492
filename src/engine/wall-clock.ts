/*
 * The machine's clock beside the page's timeline, for signals that look and sound the same on all machines whose clocks
 * agree. It is used in the page and in the worker.
 */
import { clockSkew, type now, pageOrigin, Timeline } from '../generator/timeline.js';
import type { Rate } from '../signals/rate.js';

/**
 * A timeline that counts frames from the beginning of 1970, so that machines whose clocks agree show the same frame at the same
 * time. Its timestamps count from the page's origin, like those of all timelines.
 */
export class WallTimeline extends Timeline {
  /** The first frame that is due after the page's origin. */
  readonly pageStart: number;
  readonly #pageOrigin: number;

  /**
   * @param pageOrigin The page's origin, in milliseconds of {@link now}.
   * @param skew Milliseconds that the machine's clock is ahead of {@link now}.
   */
  constructor(
    rate: Rate,
    pageOrigin: number,
    readonly skew = clockSkew(),
  ) {
    super(rate, -skew);
    this.#pageOrigin = pageOrigin;
    this.pageStart = this.numberAt(pageOrigin) + 1;
  }

  override timestamp(n: number): number {
    const first = Math.round((this.due(this.pageStart) - this.#pageOrigin) * 1000);
    return first + super.timestamp(n - this.pageStart);
  }

  /** Whether the machine's clock was set after this timeline was made. */
  get isOff(): boolean {
    return Math.abs(clockSkew() - this.skew) > SKEW_TOLERANCE_MS;
  }
}

let pageSkew: number | undefined;

/**
 * The page's origin in milliseconds since 1970 by the machine's clock. It changes only when the machine's clock is set. Two
 * readings of the same clock differ a little, and this must not move a tone.
 */
export function wallOrigin(): number {
  const skew = clockSkew();
  if (pageSkew === undefined || Math.abs(skew - pageSkew) > SKEW_TOLERANCE_MS) pageSkew = skew;
  return pageOrigin() + pageSkew;
}

/** A difference of skew from which on the machine's clock counts as set. */
const SKEW_TOLERANCE_MS = 5;
