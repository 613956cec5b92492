import { RecentSmallest } from '../../processor/recent-smallest.js';

/** A sample with its time on the machine's clock, in milliseconds. */
export interface Dated<Sample> {
  readonly sample: Sample;
  readonly time: number;
}

/**
 * Dates samples whose timestamps are of an unknown clock. A sample arrives late by a few milliseconds and never early, so
 * that the earliest arrival of the last seconds, compared with its timestamp, tells how the two clocks are related.
 * Tracks of a page have clocks of their own: only arrival relates picture and audio. The first samples are held back,
 * because a page that has just started is often late.
 */
export class ArrivalClock<Sample> {
  /** Of the differences between arrival and timestamp. */
  readonly #smallest = new RecentSmallest(STRETCH_MS);
  #held: { readonly sample: Sample; readonly timestamp: number }[] = [];
  #firstArrival: number | null = null;

  /**
   * Takes a sample. Returns those that can be dated, in their order.
   *
   * @param timestamp Its timestamp, in milliseconds of any clock.
   * @param arrival The time at which it was made, were there no delay.
   */
  take(sample: Sample, timestamp: number, arrival: number): Dated<Sample>[] {
    this.#compare(arrival - timestamp, arrival);
    this.#firstArrival ??= arrival;
    this.#held.push({ sample, timestamp });
    return arrival - this.#firstArrival < HOLD_MS ? [] : this.release();
  }

  /** Dates the samples that are held back. */
  release(): Dated<Sample>[] {
    const offset = this.#smallest.value;
    return this.#held.splice(0).map(({ sample, timestamp }) => ({ sample, time: timestamp + offset }));
  }

  /** Forgets the relation of the clocks, for another track. Returns the samples that were held back. */
  reset(): Dated<Sample>[] {
    const released = this.release();
    this.#smallest.reset();
    this.#firstArrival = null;
    return released;
  }

  #compare(difference: number, arrival: number): void {
    // Timestamps that stand still or jump say nothing about time.
    const isJump = Math.abs(difference - this.#smallest.value) > JUMP_MS;
    if (isJump && this.#held.length === 0) this.#smallest.reset();
    this.#smallest.add(difference, arrival);
  }
}

/** How long the first samples are held back. */
const HOLD_MS = 250;

/** A difference that changes by more means that the timestamps do not follow time. */
const JUMP_MS = 500;

/** How long an early arrival counts: clocks drift apart by less than a millisecond in this time. */
const STRETCH_MS = 5000;
