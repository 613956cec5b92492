import { isError } from '../signals/describe-value.js';
import { RtcHttpError } from './errors.js';
import {
  Backoff,
  type BackoffOptions,
  MAX_WAIT_FOR_PUBLISHER_MS,
  MAX_WAIT_FOR_RETURN_MS,
  MAX_WAIT_MS,
  STABLE_MS,
} from './retry-policy.js';
import type { Clock } from './timing.js';

/** How the tries of a client to have a session have gone since it was started. */
export interface SessionTriesStats {
  /** Sessions begun, the current one included. */
  readonly sessions: number;
  /**
   * Tries that failed one after the other: to make a session, or to repair one. A session that was live for 10 s without a break
   * ends the count.
   */
  readonly failures: number;
  /** The message of the last failure; `null` if nothing has failed. */
  readonly lastError: string | null;
  /** Milliseconds until the next try; `null` unless one is waited for. */
  readonly nextTryIn: number | null;
}

/** How long the client waits after a failure, and whether it reports the failure to the application. */
export interface RetryPlan {
  readonly waitMs: number;
  /** Whether the server has asked for the wait. */
  readonly isAskedByServer: boolean;
  /** Whether, with this failure, so many have failed in a row that an `error` event reports them. */
  readonly isTold: boolean;
}

/** An `error` event reports the failure that has this number in a row. */
const TOLD_FAILURE = 3;
/** How long a server that has worked is expected back soon: a restart takes no longer. */
const OUTAGE_MS = 120_000;
/** How soon after a try that a change of the network began early another one may begin so. */
const HURRY_INTERVAL_MS = 5000;

/** The tries of one run of a client: how many have failed, and when the next one begins. */
export class SessionTries {
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  /** The waits of a repair are counted separately: if a server answers again, it is asked for another session at once. */
  readonly #repairBackoff: Backoff;
  #sessions = 0;
  #failures = 0;
  #lastError: string | null = null;
  #nextTry: number | null = null;
  #liveSince: number | null = null;
  #nextHurry = Number.NEGATIVE_INFINITY;
  /** When the last session that counts as a success ended; `null` if there was none. */
  #stableUntil: number | null = null;

  constructor(clock: Clock, options?: BackoffOptions) {
    this.#clock = clock;
    this.#backoff = new Backoff(clock, options);
    this.#repairBackoff = new Backoff(clock, options);
  }

  /** Changes the bounds of the waits, from the next one on. */
  configure(options: BackoffOptions = {}): void {
    this.#backoff.configure(options);
    this.#repairBackoff.configure(options);
  }

  get stats(): SessionTriesStats {
    return {
      sessions: this.#sessions,
      failures: this.#isStable ? 0 : this.#failures,
      lastError: this.#lastError,
      nextTryIn: this.#nextTry === null ? null : Math.max(0, this.#nextTry - this.#clock.now()),
    };
  }

  /** Whether media flows. */
  get isLive(): boolean {
    return this.#liveSince !== null;
  }

  /** Another session begins. */
  begin(): void {
    this.#sessions += 1;
    this.#repairBackoff.reset();
    this.beginTry();
  }

  /** A try begins: to make a session, or to repair it. */
  beginTry(): void {
    this.#nextTry = null;
  }

  /** Media flows, or it does not any more. */
  setLive(isLive: boolean): void {
    if (isLive) {
      this.#liveSince ??= this.#clock.now();
      this.#nextTry = null;
      return;
    }
    if (this.#isStable) {
      this.#failures = 0;
      this.#backoff.reset();
      this.#repairBackoff.reset();
      this.#stableUntil = this.#clock.now();
    }
    this.#liveSince = null;
  }

  /**
   * The session failed, or could not be made.
   *
   * @param isWaiting Whether the failure only means that nothing is published yet.
   */
  failed(error: unknown, isWaiting: boolean): RetryPlan {
    this.#count(error);
    const retryAfter = error instanceof RtcHttpError ? error.retryAfter : null;
    const isOutage = this.#stableUntil !== null && this.#clock.now() - this.#stableUntil < OUTAGE_MS;
    const longest = isWaiting ? MAX_WAIT_FOR_PUBLISHER_MS : MAX_WAIT_MS;
    const waitMs = this.#backoff.next(retryAfter, isOutage ? MAX_WAIT_FOR_RETURN_MS : longest);
    this.#nextTry = this.#clock.now() + waitMs;
    const isAskedByServer = retryAfter !== null;
    // A server that asks a player to wait for the publisher works as the standard wants.
    const isExpected = isWaiting && isAskedByServer;
    return { waitMs, isAskedByServer, isTold: this.#failures === TOLD_FAILURE && !isExpected };
  }

  /** A request of a repair failed, and the repair continues. Returns whether an `error` event reports it. */
  repairFailed(error: unknown): boolean {
    this.#count(error);
    return this.#failures === TOLD_FAILURE;
  }

  /** The wait before the next try of a repair, in milliseconds. */
  waitForRepair(): number {
    const waitMs = this.#repairBackoff.next(null, MAX_WAIT_FOR_RETURN_MS);
    this.#nextTry = this.#clock.now() + waitMs;
    return waitMs;
  }

  /** The session failed, and there will be no other one. */
  end(error: unknown): void {
    this.#count(error);
  }

  /**
   * The reasons for long waits may be gone: the network is back. Returns whether the next try may begin at once. A network that
   * comes and goes all the time is no reason for more tries.
   */
  hurry(): boolean {
    const now = this.#clock.now();
    if (now < this.#nextHurry) return false;
    this.#nextHurry = now + HURRY_INTERVAL_MS;
    this.#backoff.reset();
    return true;
  }

  #count(error: unknown): void {
    this.setLive(false);
    this.#failures += 1;
    this.#lastError = isError(error) ? error.message : String(error);
  }

  get #isStable(): boolean {
    return this.#liveSince !== null && this.#clock.now() - this.#liveSince >= STABLE_MS;
  }
}
