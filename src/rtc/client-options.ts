/* The options that WHIP and WHEP clients have in common. */
import { checkOneOf } from '../signals/check-names.js';
import { checkNumber, checkNumberOrNull, type NumberRange, valueError } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { BackoffOptions } from './retry-policy.js';
import { parseOrigins, parseToken, type SignalingOptions } from './signaling-http.js';
import { type Clock, MAX_TIMER_MS } from './timing.js';

/** How a client sends its requests. These options may change at any time. A change takes effect with the next request. */
export interface RequestOptions {
  /** Bearer token sent with every request. It never appears in errors, properties or logs. */
  readonly token?: string | null;
  /**
   * Origins, besides the endpoint's own, that receive the token if the server redirects to them:
   * `['https://edge.example']`. A browser does not send it to any other origin.
   */
  readonly tokenOrigins?: readonly string[];
  /** Whether cookies are sent: `include` sends them to another origin too. By default `same-origin`, as with `fetch()`. */
  readonly credentials?: RequestCredentials;
  /** Milliseconds in which a request has to be answered (10 000). The answer to an offer may take twice as long. */
  readonly requestTimeout?: number;
  /** Sends the requests in place of the browser's `fetch()`. */
  readonly fetch?: typeof fetch;
}

/**
 * How a client makes its sessions. These options may change at any time. A change takes effect with the next session or wait.
 */
export interface SessionOptions {
  /**
   * Whether candidates may be sent after the offer (the default), or have to be in it. If the server refuses candidates and no
   * media gets through, the next try has all of them in its offer anyway.
   */
  readonly trickle?: boolean;
  /**
   * Milliseconds in which candidates are gathered before the offer is sent (200). Those that come later are sent after it. With
   * 0 the offer has no candidates, and gathering begins with the ICE servers that the server's answer names.
   */
  readonly gatheringTimeout?: number;
  /** Bounds of the waits between tries, in milliseconds. */
  readonly backoff?: BackoffOptions;
  /** Milliseconds in which media has to get through after the server's answer (10 000). */
  readonly connectTimeout?: number;
}

/** The options of a WHIP or WHEP client. */
export interface RtcClientInit extends RequestOptions, SessionOptions {
  /** The server's WHIP or WHEP URL. */
  readonly endpoint: string | URL;
  /** STUN and TURN servers, used instead of those that the media server names. */
  readonly iceServers?: readonly RTCIceServer[];
  /** As in `RTCConfiguration`: `relay` sends media only through TURN servers. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /** Used in place of the system's time and randomness. */
  readonly clock?: Clock;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 10_000;
const ICE_TRANSPORT_POLICIES: readonly RTCIceTransportPolicy[] = ['all', 'relay'];
const CREDENTIALS: readonly RequestCredentials[] = ['omit', 'same-origin', 'include'];

/**
 * @throws {TypeError} for ICE servers that are no list of such, an unknown word, or a `fetch` that is no function.
 * @throws {RangeError} for a time that is no time.
 */
export function checkClientOptions(init: Partial<RtcClientInit>): void {
  const { iceServers, iceTransportPolicy, credentials, requestTimeout, connectTimeout, gatheringTimeout, backoff } =
    init;
  if (init.fetch !== undefined && typeof init.fetch !== 'function') {
    throw valueError('fetch', init.fetch, 'a function like fetch()', TypeError);
  }
  // The value is not repeated, because it holds credentials.
  if (iceServers !== undefined && !isServerList(iceServers)) {
    throw new TypeError(
      'iceServers is not a list of servers; it must be one such as [{ "urls": "stun:stun.example" }].',
    );
  }
  if (iceTransportPolicy !== undefined) checkOneOf('iceTransportPolicy', ICE_TRANSPORT_POLICIES, iceTransportPolicy);
  if (credentials !== undefined) checkOneOf('credentials', CREDENTIALS, credentials);
  const timeouts = { requestTimeout, connectTimeout };
  for (const [name, value] of Object.entries(timeouts)) {
    if (value !== undefined) checkNumber(name, value, { min: 1, max: MAX_TIMER_MS, unit: 'ms' });
  }
  if (gatheringTimeout !== undefined) {
    checkNumber('gatheringTimeout', gatheringTimeout, { min: 0, max: MAX_TIMER_MS, unit: 'ms' });
  }
  const waits: NumberRange = { min: 1, max: MAX_TIMER_MS, unit: 'ms' };
  if (backoff?.first !== undefined) checkNumber('backoff.first', backoff.first, waits);
  checkNumberOrNull('backoff.max', backoff?.max, waits);
}

/** @throws {TypeError} for anything but a list of kinds. */
export function checkKinds(kinds: readonly TrackKind[]): readonly TrackKind[] {
  const unknown: unknown = Array.isArray(kinds) ? kinds.find((kind) => kind !== 'audio' && kind !== 'video') : kinds;
  if (unknown !== undefined) throw valueError('kinds', unknown, '"audio", "video", or both', TypeError);
  return [...new Set(kinds)];
}

const isServerList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((entry: Partial<RTCIceServer> | null) =>
    [entry?.urls].flat().every((url) => typeof url === 'string' && /^(stun|turn)s?:./i.test(url)),
  );

/**
 * @throws {TypeError} for a token that a header cannot carry, or a token origin that is not a URL.
 */
export const signalingOptions = (options: RequestOptions): SignalingOptions => ({
  token: parseToken(options.token),
  tokenOrigins: parseOrigins(options.tokenOrigins ?? []),
  fetch: options.fetch ?? ((input, init) => fetch(input, init)),
  credentials: options.credentials,
  timeout: options.requestTimeout ?? DEFAULT_REQUEST_TIMEOUT_MS,
});
