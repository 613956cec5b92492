import { PICTURE_MARK_FRAMES } from '../signals/mark/paint-mark.js';
import type { PictureMark } from '../signals/mark/picture-mark.js';
import { framesPerSecond, type Rate } from '../signals/rate.js';
import { RecentValues } from './recent-values.js';

/** How a frame stands to those before it. */
export type Arrival = 'next' | 'late' | 'repeated' | 'restart';

/** The counts of a ledger. */
export interface LedgerCounts {
  readonly lost: number;
  readonly repeated: number;
  readonly outOfOrder: number;
  readonly restarts: number;
}

/**
 * Counts the frames of one source by their numbers, which have 32 bits and begin again after the last one.
 *
 * A source may also begin again before that: its number goes back, or leaps, while the time in its marks does not. Nothing is lost
 * then.
 */
export class NumberLedger {
  /** Arrivals minus the times in the marks, in milliseconds. Another source may have another clock. */
  readonly latencies = new RecentValues(LATENCY_FRAMES);
  #lost = 0;
  #repeated = 0;
  #outOfOrder = 0;
  #restarts = 0;
  /** The highest frame that came. */
  #highest: PictureMark | null = null;
  /** Frames below the highest one that did not come, as far back as one may still come. */
  readonly #missing = new Set<number>();
  /** Frames since the last one whose number is known, whose number is not. */
  #unknown = 0;

  get counts(): LedgerCounts {
    return { lost: this.#lost, repeated: this.#repeated, outOfOrder: this.#outOfOrder, restarts: this.#restarts };
  }

  /** Frames came whose numbers are not known. They do not count as lost. */
  addUnknown(count: number): void {
    this.#unknown += count;
  }

  add(mark: PictureMark): Arrival {
    const unknown = this.#unknown;
    this.#unknown = 0;
    const highest = this.#highest;
    if (!highest) {
      this.#highest = mark;
      return 'next';
    }
    // With the sign of a 32-bit number, so that 0 follows 2³² − 1.
    const step = (mark.frame - highest.frame) | 0;
    if (hasRestarted(step, mark, highest)) {
      this.#highest = mark;
      this.#missing.clear();
      if (isSameRate(mark.rate, highest.rate)) this.#restarts++;
      return 'restart';
    }
    if (step > 0) {
      this.#skip(highest.frame, step - 1, unknown);
      this.#highest = mark;
      return 'next';
    }
    if (this.#missing.delete(mark.frame)) {
      this.#lost = Math.max(0, this.#lost - 1);
      this.#outOfOrder++;
      return 'late';
    }
    this.#repeated++;
    return 'repeated';
  }

  #skip(from: number, count: number, unknown: number): void {
    this.#lost += count - Math.min(count, unknown);
    for (let i = Math.max(0, count - MOST_MISSING); i < count; i++) this.#missing.add((from + 1 + i) >>> 0);
    for (const frame of this.#missing) {
      if (this.#missing.size <= MOST_MISSING) break;
      this.#missing.delete(frame);
    }
  }
}

/** The latencies of so many frames are kept: five minutes at 30 frames per second. */
const LATENCY_FRAMES = 9000;

/** Frames that may still come late. */
const MOST_MISSING = 1000;

/** A number may differ by this much from the one that the time tells, because the source was late. */
const TOLERANCE_S = 1;

function hasRestarted(step: number, mark: PictureMark, highest: PictureMark): boolean {
  if (!isSameRate(mark.rate, highest.rate)) return true;
  if (step === 0 || step === 1) return false;
  const elapsed = mark.time - highest.time;
  if (step < 0 && elapsed > 0) return true;
  const frames = (elapsed / 1000) * framesPerSecond(mark.rate);
  return Math.abs(step - frames) > TOLERANCE_S * framesPerSecond(mark.rate) + Math.abs(step) * 0.1;
}

const isSameRate = (a: Rate, b: Rate): boolean => a.numerator * b.denominator === b.numerator * a.denominator;

/**
 * The number of a frame without the limit of the mark. Frames that are numbered since 1970 have larger numbers. The mark
 * carries such a number modulo a constant, and the time gives the full number.
 */
export function wholeNumber({ frame, time, rate }: PictureMark): number {
  const expected = (time / 1000) * framesPerSecond(rate);
  const whole = frame + Math.round((expected - frame) / PICTURE_MARK_FRAMES) * PICTURE_MARK_FRAMES;
  return Math.abs(whole - expected) < WALL_CLOCK_TOLERANCE_S * framesPerSecond(rate) ? whole : frame;
}

const WALL_CLOCK_TOLERANCE_S = 2;
