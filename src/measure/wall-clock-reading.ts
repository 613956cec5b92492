/**
 * The wall clock with parts of a millisecond. Marks carry the time of `Date.now()`, which has whole milliseconds and follows
 * changes of the machine's clock; the clock of the page has parts of them and does not.
 */
export class WallClockReading {
  /** The clock of the page. */
  readonly page: () => number;
  readonly #wall: () => number;
  #difference = 0;
  #readings = 0;

  constructor(page: () => number, wall: () => number = Date.now) {
    this.page = page;
    this.#wall = wall;
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => {
    const page = this.page();
    // Half a millisecond is the mean of what Date.now() cuts off.
    const difference = this.#wall() + 0.5 - page;
    if (Math.abs(difference - this.#difference) > JUMP_MS) this.#readings = 0;
    this.#readings = Math.min(this.#readings + 1, AVERAGED_READINGS);
    this.#difference += (difference - this.#difference) / this.#readings;
    return page + this.#difference;
  };

  /** A time of the page on this clock. */
  fromPage(time: number): number {
    this.now();
    return time + this.#difference;
  }
}

/** A larger change is a clock that was set. */
const JUMP_MS = 3;
const AVERAGED_READINGS = 500;
