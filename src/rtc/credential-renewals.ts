import { isPathRelayed } from './connection-monitor.js';
import { type Clock, delay, MAX_TIMER_MS } from './timing.js';

/** How long before its end the credentials of a TURN server are given up. */
const EXPIRY_MARGIN_MS = 30_000;
/**
 * The shortest time between two renewals. By a clock that is wrong all credentials seem to expire at once, and each session
 * would give way to another one.
 */
const MIN_INTERVAL_MS = 30_000;

/**
 * When a client makes another session because the credentials of a TURN server expire: a relay forgets its client then. Only the
 * answer to an offer names others (RFC 9725, 4.6), so a session whose media is relayed is given up before. For others the
 * credentials do not matter any more.
 */
export class CredentialRenewals {
  readonly #clock: Clock;
  readonly #onWarning: (error: Error) => void;
  #earliestTime = Number.NEGATIVE_INFINITY;

  /** @param onWarning Called when the credentials of a session in use expire before it may be renewed. */
  constructor(clock: Clock, onWarning: (error: Error) => void) {
    this.#clock = clock;
    this.#onWarning = onWarning;
  }

  /**
   * Resolves to whether the session has to be renewed now. Rejects when the signal is aborted.
   *
   * @param expireIn Milliseconds until the credentials expire.
   */
  async waitUntilDue(peer: RTCPeerConnection, expireIn: number, signal: AbortSignal): Promise<boolean> {
    if (expireIn > MAX_TIMER_MS) return false;
    const isRelayed = () => isPathRelayed(peer).catch(() => false);
    const heldBackMs = this.#earliestTime - this.#clock.now();
    if (heldBackMs >= expireIn && (await isRelayed()) && !signal.aborted) this.#onWarning(tooShort(expireIn));
    await delay(this.#clock, Math.max(heldBackMs, expireIn / 2, expireIn - EXPIRY_MARGIN_MS), signal);
    if (!(await isRelayed())) return false;
    this.#earliestTime = this.#clock.now() + MIN_INTERVAL_MS;
    return true;
  }
}

const tooShort = (expireIn: number): DOMException =>
  new DOMException(
    `The credentials of the TURN server expire in ${Math.ceil(expireIn / 1000)} s, and a session is renewed once in ` +
      `${MIN_INTERVAL_MS / 1000} s at most: media may be interrupted. Check the clocks of this device and of the server.`,
    'NetworkError',
  );
