import { Backoff } from './backoff.js';
import { readEndpoint, readToken } from './endpoint.js';
import { abortError, RtcHttpError } from './errors.js';
import { PeerSession } from './peer-session.js';
import { isFinal, isRenewal } from './retry-policy.js';
import type { RtcClientEventMap, RtcClientInit, RtcClientState } from './rtc-client-init.js';
import { SignalingHttp } from './signaling-http.js';
import { type Clock, passed, systemClock, unlessAborted } from './timing.js';

/** What a WHIP and a WHEP client have in common: sessions one after the other, until one is told to stop. */
export abstract class RtcClient extends EventTarget {
  declare addEventListener: {
    <K extends keyof RtcClientEventMap>(
      type: K,
      listener: (event: RtcClientEventMap[K]) => unknown,
      options?: boolean | AddEventListenerOptions,
    ): void;
    (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: boolean | AddEventListenerOptions,
    ): void;
  };
  readonly #init: RtcClientInit;
  readonly #clock: Clock;
  readonly #endpoint: URL;
  readonly #http: SignalingHttp;
  #state: RtcClientState = 'idle';
  #session: PeerSession | null = null;
  #peer: RTCPeerConnection | null = null;
  #run: AbortController | null = null;
  #ended: Promise<void> = Promise.resolve();
  /** Ends the wait between two tries. */
  #wake = (): void => {};
  #patient = false;
  #away = false;
  /** The page is there again. */
  #returned = (): void => {};

  /** @throws {TypeError} for an endpoint that is no http: or https: URL, a token that no header can carry. */
  constructor(init: RtcClientInit) {
    super();
    this.#init = init;
    this.#endpoint = readEndpoint(init.endpoint);
    this.#clock = init.clock ?? systemClock;
    this.#http = new SignalingHttp({
      endpoint: this.#endpoint,
      token: readToken(init.token),
      tokenOrigins: (init.tokenOrigins ?? []).map((origin) => new URL(origin).origin),
      fetch: init.fetch ?? ((input, options) => fetch(input, options)),
      clock: this.#clock,
      timeout: init.requestTimeout ?? 10_000,
    });
  }

  get state(): RtcClientState {
    return this.#state;
  }

  /** The session's peer connection, for looking on; another one after each reconnection. */
  get peerConnection(): RTCPeerConnection | null {
    return this.#peer;
  }

  /** The figures of the running session; `null` between sessions. */
  async getStats(): Promise<RTCStatsReport | null> {
    return this.#state === 'live' || this.#state === 'reconnecting' ? (this.#peer?.getStats() ?? null) : null;
  }

  /**
   * Ends the session and tells the server. Resolves when that has answered. Tracks that were given go on.
   */
  async stop(): Promise<void> {
    if (this.#run) {
      this.#run.abort(abortError('stop() was called.'));
      this.#setState('stopped');
    }
    await this.#ended;
  }

  /** A session has made a peer connection. */
  protected opened(_peer: RTCPeerConnection): void {}

  /** Adds what is sent and received to a fresh peer connection. */
  protected abstract prepare(peer: RTCPeerConnection): void;

  /** The session is live on a peer connection. */
  protected abstract connected(peer: RTCPeerConnection): void;

  /** Whether the server may answer with an offer of its own. */
  protected abstract readonly counterOffers: boolean;

  /** Whether a server says by 404 that there is nothing yet. */
  protected abstract readonly awaitsOthers: boolean;

  /** Begins a run of sessions. Resolves when the first is live; rejects when that will not come. */
  protected begin(): Promise<void> {
    this.#run?.abort(abortError('start() was called again.'));
    const run = new AbortController();
    this.#run = run;
    this.#away = false;
    this.#setState('connecting');
    const live = new Promise<void>((resolve, reject) => {
      run.signal.addEventListener('abort', () => reject(run.signal.reason), { once: true });
      const before = this.#ended;
      this.#ended = before.then(() => this.#sessions(run, resolve));
    });
    // Whoever does not ask is told by events.
    live.catch(() => {});
    this.#listen(run.signal);
    return live;
  }

  /** Ends the session and makes another: for what no session can change once it is negotiated. */
  protected renew(reason: string): void {
    this.#session?.abandon(abortError(reason));
  }

  /** Tells of what went wrong and stops nothing. */
  protected warn(error: unknown): void {
    this.dispatchEvent(new ErrorEvent('warning', { error, message: messageOf(error) }));
  }

  /** One session after the other. */
  async #sessions(run: AbortController, resolve: () => void): Promise<void> {
    const { signal } = run;
    const backoff = new Backoff(this.#clock, this.#init.backoff);
    let trickle = this.#init.trickle ?? true;
    let wasLive = false;
    for (;;) {
      await this.#present(signal);
      if (signal.aborted) return;
      let session: PeerSession | null = null;
      let wait = 0;
      try {
        session = this.#open(trickle, signal);
        await unlessAborted(signal, Promise.race([session.connect(), session.lost]));
        wasLive = true;
        backoff.reset();
        this.#setState('live');
        this.connected(session.peer);
        resolve();
        await unlessAborted(signal, session.lost);
      } catch (error) {
        if (!signal.aborted && isFinal(error, wasLive || this.awaitsOthers, wasLive)) this.#fail(run, error);
        if (signal.aborted) {
          const wrong = await this.#close(session);
          if (wrong) this.warn(wrong);
          return;
        }
        this.#setState(wasLive ? 'reconnecting' : 'connecting');
        if (session?.trickleRefused) trickle = false;
        if (!isRenewal(error)) {
          const retryAfter = error instanceof RtcHttpError ? error.retryAfter : null;
          wait = backoff.next(retryAfter);
          // A server's own wish is kept; our own wait ends when the network is back.
          this.#patient = retryAfter !== null;
          this.warn(error);
        }
      }
      // A server may allow one session a path, so the old one goes first; but it may be gone, and the network with it.
      await this.#soon(this.#close(session), signal);
      await this.#pause(wait, signal);
    }
  }

  async #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    const waking = new AbortController();
    this.#wake = () => this.#patient || waking.abort();
    await passed(this.#clock, milliseconds, AbortSignal.any([signal, waking.signal])).catch(() => {});
    this.#wake = () => {};
  }

  /** Waits while the page is left: one that comes back from the browser's cache goes on then. */
  async #present(signal: AbortSignal): Promise<void> {
    if (!this.#away) return;
    const shown = new Promise<void>((resolve) => {
      this.#returned = resolve;
    });
    await unlessAborted(signal, shown).catch(() => {});
  }

  async #soon(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const late = passed(this.#clock, 1000, AbortSignal.any([signal, done.signal])).catch(() => {});
    await Promise.race([promise, late]);
    done.abort();
  }

  #open(trickle: boolean, signal: AbortSignal): PeerSession {
    const { iceServers, iceTransportPolicy, connectTimeout = 10_000 } = this.#init;
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
      counterOffers: this.counterOffers,
      connectTimeout,
      opened: (peer) => {
        this.opened(peer);
        this.#setPeer(peer);
      },
      prepare: (peer) => this.prepare(peer),
      warn: (error) => this.warn(error),
      pathChanged: (good) => {
        if (!signal.aborted && this.#session === session) this.#setState(good ? 'live' : 'reconnecting');
      },
    });
    this.#session = session;
    return session;
  }

  async #close(session: PeerSession | null): Promise<RtcHttpError | null> {
    if (session && this.#session === session) {
      this.#session = null;
      this.#setPeer(null);
    }
    return session?.close() ?? null;
  }

  #listen(signal: AbortSignal): void {
    const target = globalThis as Partial<typeof globalThis>;
    target.addEventListener?.('online', () => this.#wake(), { signal });
    // It may come before anybody waits for it: timers of a page that is kept stand still.
    target.addEventListener?.(
      'pageshow',
      () => {
        this.#away = false;
        this.#returned();
      },
      { signal },
    );
    target.addEventListener?.(
      'pagehide',
      () => {
        this.#away = true;
        // First in hand, so that the request leaves before the page is gone.
        void this.#session?.close(true);
        this.renew('The page was left.');
      },
      { signal },
    );
  }

  #fail(run: AbortController, error: unknown): void {
    if (run.signal.aborted) return;
    this.#setState('failed');
    const event = new ErrorEvent('error', { error, message: messageOf(error) });
    run.abort(error);
    this.dispatchEvent(event);
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
