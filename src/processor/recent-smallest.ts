/**
 * The smallest of the values of the last seconds. Frames and samples come late by chance and never early, so that the smallest
 * difference between two clocks is the best one.
 */
export class RecentSmallest {
  readonly #stretch: number;
  /** The smallest value of this stretch of time, and that of the previous one. */
  #smallest = Number.POSITIVE_INFINITY;
  #previous = Number.POSITIVE_INFINITY;
  #stretchStart = Number.NEGATIVE_INFINITY;

  /** @param stretch Milliseconds. A value counts for at least one stretch, and for less than two while others follow. */
  constructor(stretch: number) {
    this.#stretch = stretch;
  }

  /** Infinite before the first value. */
  get value(): number {
    return Math.min(this.#smallest, this.#previous);
  }

  /** @param now Milliseconds of any clock. */
  add(value: number, now: number): void {
    if (now - this.#stretchStart > this.#stretch) {
      this.#previous = this.#smallest;
      this.#smallest = value;
      this.#stretchStart = now;
    }
    this.#smallest = Math.min(this.#smallest, value);
  }

  /** Forgets all values. */
  reset(): void {
    this.#smallest = this.#previous = Number.POSITIVE_INFINITY;
    this.#stretchStart = Number.NEGATIVE_INFINITY;
  }
}
