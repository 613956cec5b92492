import type { Clock } from './timing.js';

/** Bounds of a {@link Backoff}, in milliseconds. */
export interface BackoffOptions {
  /** The longest wait before the second try. */
  readonly first?: number;
  /** The longest wait of all. */
  readonly most?: number;
}

/**
 * How long to wait before the next try: twice as long each time, up to a bound, and somewhere between half of that and
 * all of it, so that the clients of a server that comes back do not all come at once.
 */
export class Backoff {
  readonly #first: number;
  readonly #most: number;
  #tries = 0;

  /**
   * A server that is back is found within `most`, and media is to flow within five seconds of its return: hence the
   * default. A server that wants more time says so by `Retry-After`.
   */
  constructor(
    private readonly clock: Pick<Clock, 'random'>,
    { first = 500, most = 2000 }: BackoffOptions = {},
  ) {
    this.#first = first;
    this.#most = most;
  }

  /** The next wait in milliseconds. What a server asked for is a minimum: chance only adds to it. */
  next(retryAfter: number | null = null): number {
    const longest = Math.min(this.#most, this.#first * 2 ** Math.min(this.#tries, 30));
    this.#tries += 1;
    if (retryAfter !== null) return retryAfter + Math.min(retryAfter / 10, 1000) * this.clock.random();
    return longest * (0.5 + this.clock.random() / 2);
  }

  /** Something worked: the next wait is a short one. */
  reset(): void {
    this.#tries = 0;
  }
}
