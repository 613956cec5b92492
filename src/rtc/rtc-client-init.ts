import type { BackoffOptions } from './backoff.js';
import type { Clock } from './timing.js';

/**
 * - `idle`: not started
 * - `connecting`: on the way, also while tries are repeated
 * - `live`: connected
 * - `reconnecting`: it was live, the server or the network is gone, and the client tries again by itself
 * - `stopped`: by `stop()`
 * - `failed`: for good, with an `error` event that says why
 */
export type RtcClientState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'stopped' | 'failed';

export interface RtcClientInit {
  /** The server's WHIP or WHEP URL. */
  readonly endpoint: string | URL;
  /** The bearer token that every request carries. Without one none does. It is in no error, property or log. */
  readonly token?: string | null;
  /**
   * Origins besides the endpoint's own that a redirection may take the token to: `['https://edge.example']`. A browser
   * drops it on the way to any other.
   */
  readonly tokenOrigins?: readonly string[];
  /** STUN and TURN servers in place of those that the server names. */
  readonly iceServers?: readonly RTCIceServer[];
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /**
   * Whether candidates are told after the offer (the default), or the offer waits for them. When a server does not take
   * them and no media gets through, the next try has them in the offer anyway.
   */
  readonly trickle?: boolean;
  /** Bounds of the waits between tries, in milliseconds. */
  readonly backoff?: BackoffOptions;
  /** Milliseconds in which a request has to be answered (10 000). */
  readonly requestTimeout?: number;
  /** Milliseconds in which media has to get through after the answer (10 000). */
  readonly connectTimeout?: number;
  /** In place of the browser's own. */
  readonly fetch?: typeof fetch;
  /** In place of the system's. */
  readonly clock?: Clock;
}

export interface RtcClientEventMap {
  statechange: Event;
  /** The client has failed for good; `error` has the reason, mostly an {@link RtcHttpError}. */
  error: ErrorEvent;
  /** Something went wrong that the client deals with by itself: it tries again, or does without. */
  warning: ErrorEvent;
  /** `peerConnection` is another one. */
  peerchange: Event;
}
