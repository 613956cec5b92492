import { LatestRun } from '../generator/latest-run.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import { abortError, RtcHttpError } from './errors.js';
import { PeerSession } from './peer-session.js';
import { Backoff, type BackoffOptions, isFinal, isRenewal } from './retry-policy.js';
import { parseEndpoint, parseOrigins, parseToken, SignalingHttp } from './signaling-http.js';
import { abortable, type Clock, delay, systemClock } from './timing.js';

/**
 * - `idle`: not started
 * - `connecting`: waiting for the first session to be live; tries are repeated
 * - `live`: connected
 * - `reconnecting`: was live, the server or the network is gone, and the client tries again
 * - `stopped`: stopped by `stop()`
 * - `failed`: failed for good; an `error` event says why
 */
export type RtcClientState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'stopped' | 'failed';

/** The options of a WHIP or WHEP client. */
export interface RtcClientInit {
  /** The server's WHIP or WHEP URL. */
  readonly endpoint: string | URL;
  /** Bearer token sent with every request. It never appears in errors, properties or logs. */
  readonly token?: string | null;
  /**
   * Origins, besides the endpoint's own, that receive the token if the server redirects to them:
   * `['https://edge.example']`. A browser does not send it to any other origin.
   */
  readonly tokenOrigins?: readonly string[];
  /** STUN and TURN servers, used in place of those that the server names. */
  readonly iceServers?: readonly RTCIceServer[];
  /** As in `RTCConfiguration`: `relay` sends media by TURN servers only. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /**
   * Whether candidates are sent after the offer (the default) or as part of it. If the server refuses candidates and no
   * media gets through, the next try has them in its offer anyway.
   */
  readonly trickle?: boolean;
  /** Bounds of the waits between tries, in milliseconds. */
  readonly backoff?: BackoffOptions;
  /** Milliseconds in which a request has to be answered (10 000). */
  readonly requestTimeout?: number;
  /** Milliseconds in which media has to get through after the server's answer (10 000). */
  readonly connectTimeout?: number;
  /** Sends the requests in place of the browser's `fetch()`. */
  readonly fetch?: typeof fetch;
  /** Used in place of the system's time and randomness. */
  readonly clock?: Clock;
}

export interface RtcClientEventMap {
  /** `state` has changed. */
  statechange: Event;
  /** The client has failed for good. `error` is the reason, usually an {@link RtcHttpError}. */
  error: ErrorEvent;
  /** Something failed, and the client tries again or does without it. */
  warning: ErrorEvent;
  /** `peerConnection` has changed. */
  peerchange: Event;
}

/** How long a new session waits until the server has ended the old one. */
const CLOSE_TIMEOUT_MS = 1000;
const DEFAULT_REQUEST_TIMEOUT_MS = 10_000;
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/** The common base of the WHIP and the WHEP client: one session after the other, until it is stopped. */
export abstract class RtcClient extends EventTarget {
  declare addEventListener: TypedListenerMethod<RtcClientEventMap>;
  declare removeEventListener: TypedListenerMethod<RtcClientEventMap, EventListenerOptions>;
  /** Whether the server may make the offer itself. */
  protected abstract readonly acceptsCounterOffers: boolean;
  /** Whether 404 means that nothing is published yet. */
  protected abstract readonly waitsForPublisher: boolean;
  readonly #init: RtcClientInit;
  readonly #clock: Clock;
  readonly #endpoint: URL;
  readonly #http: SignalingHttp;
  readonly #run = new LatestRun();
  #state: RtcClientState = 'idle';
  #session: PeerSession | null = null;
  #peer: RTCPeerConnection | null = null;
  /** Resolves when all sessions of the previous runs have ended. */
  #ended: Promise<void> = Promise.resolve();
  #onNetworkBack = (): void => {};
  #isPageHidden = false;
  #onPageShown = (): void => {};

  /**
   * @throws {TypeError} for an endpoint that is not an http: or https: URL, a token that a header cannot carry, or a token
   * origin that is not a URL.
   */
  constructor(init: RtcClientInit) {
    super();
    this.#init = init;
    this.#endpoint = parseEndpoint(init.endpoint);
    this.#clock = init.clock ?? systemClock;
    this.#http = new SignalingHttp({
      endpoint: this.#endpoint,
      token: parseToken(init.token),
      tokenOrigins: parseOrigins(init.tokenOrigins ?? []),
      fetch: init.fetch ?? ((input, options) => fetch(input, options)),
      clock: this.#clock,
      timeout: init.requestTimeout ?? DEFAULT_REQUEST_TIMEOUT_MS,
    });
  }

  get state(): RtcClientState {
    return this.#state;
  }

  /** The peer connection of the session, for inspection. Each session has another one; `null` between sessions. */
  get peerConnection(): RTCPeerConnection | null {
    return this.#peer;
  }

  /** The WebRTC statistics of the session; `null` between sessions. */
  async getStats(): Promise<RTCStatsReport | null> {
    return this.#state === 'live' || this.#state === 'reconnecting' ? (this.#peer?.getStats() ?? null) : null;
  }

  /** Ends the session. Resolves when the server has answered. Tracks that you publish are not stopped. */
  async stop(): Promise<void> {
    if (this.#state !== 'idle') {
      this.#run.cancel();
      this.#setState('stopped');
    }
    await this.#ended;
  }

  /** Called when a session has created a peer connection. */
  protected onPeerCreated(_peer: RTCPeerConnection): void {}

  /** Adds the transceivers of the offer to a new peer connection. */
  protected abstract addTransceivers(peer: RTCPeerConnection): void;

  /** Called when a session is live. */
  protected abstract onConnected(peer: RTCPeerConnection): void;

  /** Begins a run of sessions. Resolves when the first is live; rejects if the client fails or is stopped before. */
  protected startSessions(): Promise<void> {
    const signal = this.#run.begin();
    this.#isPageHidden = false;
    this.#setState('connecting');
    const live = new Promise<void>((resolve, reject) => {
      const onAbort = () => reject(abortError('The client was stopped or started again before it was live.'));
      signal.addEventListener('abort', onAbort, { once: true });
      const previousRuns = this.#ended;
      this.#ended = previousRuns.then(() => this.#runSessions(signal, resolve, reject));
    });
    // No unhandled rejection for callers who use events instead of the promise.
    live.catch(() => {});
    this.#listenToPage(signal);
    return live;
  }

  /** Ends the session and makes another one, for a change that no negotiated session can make. */
  protected renewSession(reason: string): void {
    this.#session?.abandon(abortError(reason));
  }

  /** Reports a failure that does not stop the client. */
  protected warn(error: unknown): void {
    this.dispatchEvent(new ErrorEvent('warning', { error, message: messageOf(error) }));
  }

  /** Runs one session after the other until the signal is aborted, or an error occurs that another try cannot correct. */
  async #runSessions(signal: AbortSignal, onLive: () => void, onFailed: (error: unknown) => void): Promise<void> {
    const backoff = new Backoff(this.#clock, this.#init.backoff);
    let trickle = this.#init.trickle ?? true;
    let wasLive = false;
    for (;;) {
      await this.#waitForPage(signal);
      if (signal.aborted) return;
      let session: PeerSession | null = null;
      let waitMs = 0;
      let hasServerAskedToWait = false;
      try {
        session = this.#openSession(trickle, signal);
        await abortable(signal, Promise.race([session.connect(), session.lost]));
        wasLive = true;
        backoff.reset();
        this.#setState('live');
        this.onConnected(session.peer);
        onLive();
        await abortable(signal, session.lost);
      } catch (error) {
        if (!signal.aborted && isFinal(error, wasLive || this.waitsForPublisher, wasLive)) {
          onFailed(error);
          this.#fail(error);
        }
        if (signal.aborted) {
          const closeError = await this.#closeSession(session);
          if (closeError) this.warn(closeError);
          return;
        }
        this.#setState(wasLive ? 'reconnecting' : 'connecting');
        if (session?.isTrickleUnsupported) trickle = false;
        if (!isRenewal(error)) {
          const retryAfter = error instanceof RtcHttpError ? error.retryAfter : null;
          waitMs = backoff.next(retryAfter);
          hasServerAskedToWait = retryAfter !== null;
          this.warn(error);
        }
      }
      // A server may allow one session for each path, so the old one ends first, unless the server does not answer.
      await this.#waitAtMost(CLOSE_TIMEOUT_MS, this.#closeSession(session), signal);
      await this.#waitForNextTry(waitMs, hasServerAskedToWait, signal);
    }
  }

  /** Ends early when the network is back, unless the server has asked for the wait. */
  async #waitForNextTry(milliseconds: number, hasServerAskedToWait: boolean, signal: AbortSignal): Promise<void> {
    const early = new AbortController();
    this.#onNetworkBack = () => hasServerAskedToWait || early.abort();
    await delay(this.#clock, milliseconds, AbortSignal.any([signal, early.signal])).catch(() => {});
    this.#onNetworkBack = () => {};
  }

  /** Waits while the user has left the page. The client continues if the browser restores the page from its cache. */
  async #waitForPage(signal: AbortSignal): Promise<void> {
    if (!this.#isPageHidden) return;
    const shown = new Promise<void>((resolve) => {
      this.#onPageShown = resolve;
    });
    await abortable(signal, shown).catch(() => {});
  }

  async #waitAtMost(timeoutMs: number, promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const timeout = delay(this.#clock, timeoutMs, AbortSignal.any([signal, done.signal])).catch(() => {});
    await Promise.race([promise, timeout]);
    done.abort();
  }

  #openSession(trickle: boolean, signal: AbortSignal): PeerSession {
    const { iceServers, iceTransportPolicy, connectTimeout = DEFAULT_CONNECT_TIMEOUT_MS } = this.#init;
    if (typeof RTCPeerConnection !== 'function') {
      throw new DOMException(
        'This browser has no RTCPeerConnection: it can neither publish nor play.',
        'NotSupportedError',
      );
    }
    const session = new PeerSession({
      http: this.#http,
      endpoint: this.#endpoint,
      clock: this.#clock,
      configuration: {
        ...(iceServers && { iceServers: [...iceServers] }),
        ...(iceTransportPolicy && { iceTransportPolicy }),
      },
      trickle,
      acceptsCounterOffers: this.acceptsCounterOffers,
      connectTimeout,
      onPeerCreated: (peer) => {
        this.onPeerCreated(peer);
        this.#setPeer(peer);
      },
      addTransceivers: (peer) => this.addTransceivers(peer),
      onWarning: (error) => this.warn(error),
      onPathChange: (isWorking) => {
        if (!signal.aborted && this.#session === session) this.#setState(isWorking ? 'live' : 'reconnecting');
      },
    });
    this.#session = session;
    return session;
  }

  async #closeSession(session: PeerSession | null): Promise<RtcHttpError | null> {
    if (session && this.#session === session) {
      this.#session = null;
      this.#setPeer(null);
    }
    return session?.close() ?? null;
  }

  /** Follows the network and the page until the signal is aborted. */
  #listenToPage(signal: AbortSignal): void {
    // Without a page, as in Node, there are no such events.
    const page = globalThis as Partial<typeof globalThis>;
    page.addEventListener?.('online', () => this.#onNetworkBack(), { signal });
    page.addEventListener?.(
      'pageshow',
      () => {
        // May come before anything waits for it, because the timers of a cached page stand still.
        this.#isPageHidden = false;
        this.#onPageShown();
      },
      { signal },
    );
    page.addEventListener?.(
      'pagehide',
      () => {
        this.#isPageHidden = true;
        // Called here, and not by the run, so that the request leaves before the page does.
        void this.#session?.close(true);
        this.renewSession('The user left the page.');
      },
      { signal },
    );
  }

  #fail(error: unknown): void {
    this.#run.cancel();
    this.#setState('failed');
    this.dispatchEvent(new ErrorEvent('error', { error, message: messageOf(error) }));
  }

  #setPeer(peer: RTCPeerConnection | null): void {
    this.#peer = peer;
    this.dispatchEvent(new Event('peerchange'));
  }

  #setState(state: RtcClientState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
