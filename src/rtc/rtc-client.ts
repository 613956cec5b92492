import { anySignal } from '../generator/any-signal.js';
import { has } from '../generator/features.js';
import { LatestRun } from '../generator/latest-run.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import { checkObject } from '../signals/checks.js';
import { isError } from '../signals/describe-value.js';
import {
  checkClientOptions,
  type RequestOptions,
  type RtcClientInit,
  type SessionOptions,
  signalingOptions,
} from './client-options.js';
import { CredentialRenewals } from './credential-renewals.js';
import { abortError, RtcHttpError } from './errors.js';
import { type NamedIceServers, NO_ICE_SERVERS } from './ice-server-links.js';
import { onNetworkChange } from './network-changes.js';
import type { OpusNegotiationInit } from './opus-negotiation.js';
import { PagePresence } from './page-presence.js';
import { PeerSession } from './peer-session.js';
import { isFinal, isNotThere, isRenewal } from './retry-policy.js';
import { type RetryPlan, SessionTries, type SessionTriesStats } from './session-tries.js';
import { parseEndpoint, SignalingHttp } from './signaling-http.js';
import { abortable, type Clock, delay, systemClock } from './timing.js';

export type { RequestOptions, RtcClientInit, SessionOptions } from './client-options.js';

/**
 * - `idle`: not started
 * - `connecting`: waiting for the first session to be live; tries are repeated
 * - `live`: connected, and media gets through
 * - `stalled`: connected, but no media arrives, because nobody sends any or the path has just failed; for a publisher: nothing
 *   at all arrives from the server, which may be about to be lost
 * - `reconnecting`: was live, the server or the network is gone, and the client tries again
 * - `stopped`: stopped by `stop()`
 * - `failed`: failed for good; an `error` event says why
 */
export type RtcClientState = 'idle' | 'connecting' | 'live' | 'stalled' | 'reconnecting' | 'stopped' | 'failed';

/** The state of a client in its statistics. It is there between sessions too. */
export interface RtcClientStats extends SessionTriesStats {
  readonly type: 'client';
  readonly id: 'client';
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly state: RtcClientState;
}

/** The WebRTC statistics of a session, if there is one, and the client's own under the id `client`. */
export type RtcClientStatsReport = RTCStatsReport & { get(id: 'client'): RtcClientStats };

export interface RtcClientEventMap {
  /** `state` has changed. */
  statechange: Event;
  /**
   * The client has failed for good (`state` is `failed`), or three tries in a row have failed and it continues to try.
   * `error` is the reason, usually an {@link RtcHttpError}.
   */
  error: ErrorEvent;
  /** Something failed or is not as it was asked for, and the client tries again or does without it. */
  warning: ErrorEvent;
  /** `peerConnection` has changed. */
  peerchange: Event;
}

/** How long a new session waits until the server has ended the old one. */
const CLOSE_TIMEOUT_MS = 1000;
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
/** Browsers have the addresses of the machine after 20 ms, and are done without ICE servers after 20 to 170 ms. */
const DEFAULT_GATHERING_TIMEOUT_MS = 200;

/** The common base of the WHIP and the WHEP client: one session after the other, until it is stopped. */
export abstract class RtcClient extends EventTarget {
  declare addEventListener: TypedListenerMethod<RtcClientEventMap>;
  declare removeEventListener: TypedListenerMethod<RtcClientEventMap, EventListenerOptions>;
  /** Whether the server may make the offer itself. */
  protected abstract readonly acceptsCounterOffers: boolean;
  /** Whether 404 means that nothing is published yet. */
  protected abstract readonly waitsForPublisher: boolean;
  /** Whether media is received. */
  protected abstract readonly expectsMedia: boolean;
  /** The parameters of Opus in the descriptions of each session. */
  protected abstract readonly opus: OpusNegotiationInit;
  readonly #init: RtcClientInit;
  readonly #clock: Clock;
  readonly #endpoint: URL;
  readonly #http: SignalingHttp;
  readonly #run = new LatestRun();
  readonly #renewals: CredentialRenewals;
  #requestOptions: RequestOptions;
  #sessionOptions: SessionOptions;
  #tries: SessionTries;
  #state: RtcClientState = 'idle';
  #session: PeerSession | null = null;
  #peer: RTCPeerConnection | null = null;
  /** Resolves when all sessions of the previous runs have ended. */
  #ended: Promise<void> = Promise.resolve();
  #onNetworkBack = (): void => {};

  /**
   * @throws {TypeError} for an endpoint that is not an http: or https: URL, a token that a header cannot carry, a token
   * origin that is not a URL, ICE servers that are no list, or an unknown word.
   * @throws {RangeError} for a timeout that is not a number above 0.
   */
  constructor(init: RtcClientInit) {
    super();
    checkObject('init', init, 'an object with an endpoint');
    checkClientOptions(init);
    this.#init = init;
    this.#requestOptions = init;
    this.#sessionOptions = init;
    this.#endpoint = parseEndpoint(init.endpoint);
    this.#clock = init.clock ?? systemClock;
    this.#tries = new SessionTries(this.#clock, init.backoff);
    this.#renewals = new CredentialRenewals(this.#clock, (error) => this.warn(error));
    this.#http = new SignalingHttp({
      endpoint: this.#endpoint,
      clock: this.#clock,
      options: signalingOptions(init),
    });
  }

  get state(): RtcClientState {
    return this.#state;
  }

  /** The peer connection of the session, for inspection. Each session has another one; `null` between sessions. */
  get peerConnection(): RTCPeerConnection | null {
    return this.#peer;
  }

  /**
   * The WebRTC statistics of the session, and under the id `client` the client's own: its state, how many tries have failed
   * in a row, the last error, and when it tries again. Between sessions only those; `null` before the first start and after
   * `stop()`.
   */
  async getStats(): Promise<RtcClientStatsReport | null> {
    if (this.#state === 'idle' || this.#state === 'stopped') return null;
    const peer = this.#state === 'connecting' ? null : this.#peer;
    const reports: ReadonlyMap<string, unknown> = (await peer?.getStats()) ?? new Map();
    const own: RtcClientStats = {
      type: 'client',
      id: 'client',
      timestamp: this.#clock.now(),
      state: this.#state,
      ...this.#tries.stats,
    };
    return new Map([...reports, [own.id, own]]) as unknown as RtcClientStatsReport;
  }

  /**
   * Changes how requests are sent, from the next one on. The session stays: a new token needs no other one. Options that are
   * not given keep their values.
   *
   * @throws {TypeError} for a token that a header cannot carry, a token origin that is not a URL, or an unknown word.
   * @throws {RangeError} for a timeout that is not a number above 0.
   */
  configureRequests(options: RequestOptions): void {
    const next = { ...this.#requestOptions, ...options };
    checkClientOptions(next);
    this.#http.configure(signalingOptions(next));
    this.#requestOptions = next;
  }

  /**
   * Changes how sessions are made, from the next session or wait on. The session stays. Options that are not given keep their
   * values.
   *
   * @throws {RangeError} for a time that is no time.
   */
  configureSessions(options: SessionOptions): void {
    const next = { ...this.#sessionOptions, ...options };
    checkClientOptions(next);
    this.#sessionOptions = next;
    this.#tries.configure(next.backoff);
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

  /** Called when a session could not be made. Returns whether to make another session at once, with another offer. */
  protected offersOther(_error: unknown): boolean {
    return false;
  }

  /** Begins a run of sessions. Resolves when the first is live; rejects if the client fails or is stopped before. */
  protected startSessions(): Promise<void> {
    const signal = this.#run.begin();
    onNetworkChange(signal, () => {
      this.#onNetworkBack();
      this.#session?.networkChanged();
    });
    const page = new PagePresence(signal, () => {
      // Called here, and not by the run, so that the request leaves before the page does.
      void this.#session?.close(true);
      this.renewSession('The user left the page.');
    });
    this.#setState('connecting');
    const live = new Promise<void>((resolve, reject) => {
      const onAbort = () => reject(abortError('The client was stopped or started again before it was live.'));
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      const previousRuns = this.#ended;
      // The end of the last run may wait for an answer that never comes.
      const begun = this.#waitAtMost(CLOSE_TIMEOUT_MS, previousRuns, signal);
      const ended = begun.then(() => this.#runSessions(signal, page, resolve, reject));
      this.#ended = Promise.all([previousRuns, ended]).then(() => {});
    });
    // No unhandled rejection for callers who use events instead of the promise.
    live.catch(() => {});
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
  async #runSessions(
    signal: AbortSignal,
    page: PagePresence,
    onLive: () => void,
    onFailed: (error: unknown) => void,
  ): Promise<void> {
    const tries = new SessionTries(this.#clock, this.#sessionOptions.backoff);
    this.#tries = tries;
    let isTrickleUnsupported = false;
    let namedIceServers: NamedIceServers = NO_ICE_SERVERS;
    let wasLive = false;
    for (;;) {
      await page.waitForUser();
      if (signal.aborted) return;
      let session: PeerSession | null = null;
      let plan: RetryPlan | null = null;
      let isEndTold = false;
      tries.begin();
      try {
        session = this.#openSession(isTrickleUnsupported, namedIceServers, signal);
        await abortable(signal, Promise.race([session.connect(), session.lost]));
        wasLive = true;
        tries.setLive(true);
        this.#setState('live');
        // A listener may have stopped the client.
        signal.throwIfAborted();
        this.onConnected(session.peer);
        onLive();
        await abortable(signal, session.lost);
      } catch (error) {
        // A lost session may be unknown to the server already.
        isEndTold = tries.isLive && isRenewal(error) && !page.hasLeft;
        const offersOther = !signal.aborted && !isRenewal(error) && this.offersOther(error);
        if (!signal.aborted && !offersOther && isFinal(error, wasLive || this.waitsForPublisher, wasLive)) {
          tries.end(error);
          onFailed(error);
          this.#fail(error);
        }
        if (signal.aborted) {
          const closeError = await this.#closeSession(session);
          if (closeError && (isEndTold || !isNotThere(closeError.status))) this.warn(closeError);
          return;
        }
        tries.setLive(false);
        this.#setState(wasLive ? 'reconnecting' : 'connecting');
        if (session?.isTrickleUnsupported) isTrickleUnsupported = true;
        namedIceServers = session?.namedIceServers ?? namedIceServers;
        // A listener may have stopped the client.
        if (!signal.aborted && !isRenewal(error) && !offersOther) {
          const isWaiting = this.waitsForPublisher && error instanceof RtcHttpError && isNotThere(error.status);
          plan = tries.failed(error, isWaiting);
          this.warn(error);
          if (plan.isTold) this.#dispatchError(error);
        }
      }
      // A server may allow one session for each path, so the old one ends first, unless the server does not answer.
      const closing = this.#closeSession(session).then((error) => error && isEndTold && this.warn(error));
      await this.#waitAtMost(CLOSE_TIMEOUT_MS, closing, signal);
      if (plan) await this.#waitForNextTry(plan, signal);
    }
  }

  /** Ends early when the network is back, unless the server has asked for the wait. */
  async #waitForNextTry({ waitMs, isAskedByServer }: RetryPlan, signal: AbortSignal): Promise<void> {
    const early = new AbortController();
    this.#onNetworkBack = () => {
      if (!isAskedByServer && this.#tries.hurry()) early.abort();
    };
    await delay(this.#clock, waitMs, anySignal([signal, early.signal])).catch(() => {});
    early.abort();
    this.#onNetworkBack = () => {};
  }

  async #waitAtMost(timeoutMs: number, promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const timeout = delay(this.#clock, timeoutMs, anySignal([signal, done.signal])).catch(() => {});
    await Promise.race([promise, timeout]);
    done.abort();
  }

  #openSession(isTrickleUnsupported: boolean, namedIceServers: NamedIceServers, signal: AbortSignal): PeerSession {
    const { iceServers, iceTransportPolicy } = this.#init;
    const { trickle = true, connectTimeout, gatheringTimeout } = this.#sessionOptions;
    if (!has('RTCPeerConnection')) {
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
      // A relay refuses credentials that have expired.
      namedIceServers: namedIceServers.expiryTime > this.#clock.now() ? namedIceServers : NO_ICE_SERVERS,
      trickle: trickle && !isTrickleUnsupported,
      gatheringTimeout: gatheringTimeout ?? DEFAULT_GATHERING_TIMEOUT_MS,
      expectsMedia: this.expectsMedia,
      acceptsCounterOffers: this.acceptsCounterOffers,
      connectTimeout: connectTimeout ?? DEFAULT_CONNECT_TIMEOUT_MS,
      opus: this.opus,
      tries: this.#tries,
      renewals: this.#renewals,
      onPeerCreated: (peer) => {
        this.onPeerCreated(peer);
        this.#setPeer(peer);
      },
      addTransceivers: (peer) => this.addTransceivers(peer),
      onWarning: (error) => this.warn(error),
      onError: (error) => this.#dispatchError(error),
      onPathChange: (state) => {
        if (signal.aborted || this.#session !== session) return;
        this.#tries.setLive(state === 'live');
        this.#setState(state);
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

  #fail(error: unknown): void {
    this.#run.cancel();
    this.#setState('failed');
    this.#dispatchError(error);
  }

  #dispatchError(error: unknown): void {
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

const messageOf = (error: unknown): string => (isError(error) ? error.message : String(error));
