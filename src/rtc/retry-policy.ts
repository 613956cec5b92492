/* When a client tries again: after which errors, and how long it waits. */
import { isError } from '../signals/describe-value.js';
import { RtcHttpError } from './errors.js';
import type { Clock } from './timing.js';

/** Bounds of a {@link Backoff}, in milliseconds. */
export interface BackoffOptions {
  /** The longest wait before the second try (500). */
  readonly first?: number;
  /**
   * The longest wait before any try. With `null`, the default, it depends on the failure: 2000 while a session is repaired, and
   * for a server that has worked and is gone for less than two minutes, 5000 while a player waits until somebody publishes,
   * else 30 000.
   */
  readonly max?: number | null;
}

/** The longest wait before the second try. */
const FIRST_WAIT_MS = 500;
/**
 * The longest wait while a server is away that has worked before: media has to flow within five seconds of its return. A
 * server that wants more time says so by `Retry-After`.
 */
export const MAX_WAIT_FOR_RETURN_MS = 2000;
/** The longest wait of a player until somebody publishes. Nothing fails during this time, but each try is a request. */
export const MAX_WAIT_FOR_PUBLISHER_MS = 5000;
/** The longest wait after any other failure, which is likely to stay: nobody notices one request in half a minute. */
export const MAX_WAIT_MS = 30_000;
/**
 * How long a path or a session has to work before its next failure is a new one. After a shorter time the waits and counts
 * continue from the last failure. Otherwise a fault that returns at once would be repaired at once, for ever. A path that died
 * as it began counts as alive until its silence is noticed, and arrivals.ts takes up to 10 s of silence for usual.
 */
export const STABLE_MS = 10_000;

/**
 * Exponential backoff. The bound of the wait doubles with each try, up to a maximum. The wait itself is a random share of
 * the bound, from half to all of it, so that the clients of a restarted server do not all return at once.
 */
export class Backoff {
  #options: BackoffOptions;
  #tries = 0;

  constructor(
    private readonly clock: Pick<Clock, 'random'>,
    options: BackoffOptions = {},
  ) {
    this.#options = options;
  }

  /** Changes the bounds, from the next wait on. */
  configure(options: BackoffOptions): void {
    this.#options = options;
  }

  /**
   * The next wait in milliseconds. It is never shorter than the server's `retryAfter`.
   *
   * @param max The longest wait, if the options have none.
   */
  next(retryAfter: number | null = null, max = MAX_WAIT_FOR_RETURN_MS): number {
    const { first = FIRST_WAIT_MS, max: longest } = this.#options;
    const bound = Math.min(longest ?? max, first * 2 ** Math.min(this.#tries, 30));
    this.#tries += 1;
    if (retryAfter !== null) return retryAfter + Math.min(retryAfter / 10, 1000) * this.clock.random();
    return bound * (0.5 + this.clock.random() / 2);
  }

  /** The next wait is a short one. */
  reset(): void {
    this.#tries = 0;
  }
}

/** A timer of more than 2³¹ ms would fire at once, and no server means more than a day. */
const MAX_RETRY_AFTER_MS = 86_400_000;

/**
 * Parses a `Retry-After` header (RFC 9110, 10.2.3): seconds, or an HTTP date.
 *
 * @param now The time that a date is compared with: the server's own `Date` if it can be read, else the page's clock.
 * @returns Milliseconds from 0 to a day; `null` if there is no header or it is neither seconds nor a date.
 */
export function parseRetryAfter(value: string | null, now: number): number | null {
  const text = value?.trim();
  if (!text) return null;
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : /[a-z]/i.test(text) ? Date.parse(text) - now : NaN;
  return Number.isNaN(milliseconds) ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, milliseconds));
}

/** Statuses that may change soon: no answer, timeout, conflict with another client, too early, too many requests. */
const temporaryStatuses = new Set([0, 408, 409, 425, 429]);

/** Whether a session was given up on purpose, to make another one. */
export const isRenewal = (error: unknown): boolean => isError(error) && error.name === 'AbortError';

/** Whether a status means that nothing is there, or for a player that nothing is published there yet. */
export const isNotThere = (status: number): boolean => status === 404 || status === 409 || status === 410;

/**
 * Whether another try would end with the same error.
 *
 * @param mayAppear Whether a resource that is not found now may be there later.
 * @param wasLive Whether the client was live before. Then a proxy may be answering for a server that is restarting.
 */
export function isFinal(error: unknown, mayAppear: boolean, wasLive: boolean): boolean {
  if (!(error instanceof RtcHttpError)) {
    return !(isError(error) && /^(NetworkError|AbortError)$/.test(error.name));
  }
  const { status, retryAfter } = error;
  if (temporaryStatuses.has(status)) return false;
  if (retryAfter !== null && status >= 400) return false;
  if (status >= 500) return status === 501 || status === 505;
  if (isNotThere(status)) return !mayAppear;
  return !(wasLive && status < 400);
}
