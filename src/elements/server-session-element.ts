import type { PropertyValues } from '@lit/reactive-element';
import type { FrameSource } from '../controllers/track-output-controller.js';
import { LatestRun } from '../generator/latest-run.js';
import type {
  RequestOptions,
  RtcClient,
  RtcClientInit,
  RtcClientState,
  RtcClientStatsReport,
  SessionOptions,
} from '../rtc/rtc-client.js';
import { describeValue } from '../signals/describe-value.js';
import type { TrackKind } from '../signals/track-kind.js';
import { boolean, jsonList, number, numberOrNull, object, oneOf, text, wordList } from './converters.js';
import { hasAnyChanged, property } from './property.js';
import { TrackElement } from './track-element.js';

/** A client, and a signal that is aborted when another session replaces its own, or none does. */
export interface ServerSession<Client extends RtcClient> {
  readonly client: Client;
  readonly signal: AbortSignal;
}

/** The differences between elements with a session. */
export interface ServerSessionBehaviour {
  /** Further properties whose change needs a new session. */
  readonly sessionProperties?: readonly string[];
  /** How to wait for the frames of the tracks; unless given, as for received tracks. */
  readonly frames?: FrameSource;
}

/**
 * An element with a session on a media server, by WHIP or WHEP. It starts once it is connected and has an endpoint, and
 * makes a new session when one of the properties changes that a running session cannot change.
 *
 * @cssstate idle - Not started.
 * @cssstate connecting - It connects, or waits for a track.
 * @cssstate live - It is connected, and media gets through.
 * @cssstate stalled - It is connected, but no media arrives; for a publisher: nothing arrives from the server.
 * @cssstate reconnecting - It was live; the server or the network is gone, and it tries again by itself.
 * @cssstate stopped - Stopped.
 * @cssstate failed - It does not try again. Another `endpoint` or `token` makes a new session.
 * @event {ErrorEvent} error - Something is wrong: the element does not try again (`state` is `failed`), three tries in a row
 * have failed and it continues to try, or a property is unusable. `error` says what was given, and what to do.
 */
export abstract class ServerSessionElement<Client extends RtcClient> extends TrackElement<RtcClientState> {
  /** The server's URL. */
  @property({ type: text, reflect: true })
  endpoint = '';

  /**
   * Bearer token sent with every request. It has no attribute, and never appears in errors or logs. Another token takes effect
   * with the next request, and the session continues.
   */
  @property({ type: object<string | null>(), attribute: false })
  token: string | null = null;

  /** Origins that may get the token after a redirect, besides the origin of the endpoint: `['https://edge.example']`. */
  @property({ type: object<readonly string[]>(), attribute: false })
  tokenOrigins: readonly string[] = [];

  /**
   * STUN and TURN servers, used instead of those that the media server names: a list as in `RTCConfiguration`, which is JSON in
   * the attribute. Setting the property does not change the attribute, because the list may contain credentials.
   */
  @property({ type: jsonList<RTCIceServer>(), attribute: 'ice-servers' })
  iceServers: readonly RTCIceServer[] | null = null;

  /** `relay` sends media only through TURN servers. */
  @property({ type: oneOf<RTCIceTransportPolicy>(), attribute: 'ice-transport-policy', reflect: true })
  iceTransportPolicy: RTCIceTransportPolicy = 'all';

  /**
   * Gathers all ICE candidates first and sends them in the offer, instead of sending some in later requests: for servers that
   * do not accept later candidates. A change takes effect with the next session.
   */
  @property({ type: boolean, attribute: 'no-trickle', reflect: true })
  noTrickle = false;

  /**
   * Milliseconds for which candidates are gathered before the offer is sent. With 0 the offer has no candidates, and gathering
   * begins with the ICE servers that the server's answer names. A change takes effect with the next session.
   */
  @property({ type: number, attribute: 'gathering-timeout', reflect: true })
  gatheringTimeout = 200;

  /** Milliseconds within which a request has to be answered. The answer to an offer may take twice as long. */
  @property({ type: number, attribute: 'request-timeout', reflect: true })
  requestTimeout = 10000;

  /**
   * Milliseconds within which media has to get through after the server's answer. A change takes effect with the next session.
   */
  @property({ type: number, attribute: 'connect-timeout', reflect: true })
  connectTimeout = 10000;

  /**
   * The longest wait before the second try, in milliseconds. It doubles with each further try to make a session or to repair
   * one. A change takes effect with the next wait.
   */
  @property({ type: number, attribute: 'backoff-first', reflect: true })
  backoffFirst = 500;

  /**
   * The longest wait between two tries, in milliseconds. Unset, it is 2000 while a session is repaired or a server that has
   * worked is away, 5000 while nothing is published, and 30 000 in other cases. A change takes effect with the next wait.
   */
  @property({ type: numberOrNull, attribute: 'backoff-max', reflect: true })
  backoffMax: number | null = null;

  /** Whether requests carry cookies: `include` sends them to another origin too. As with `fetch()`. */
  @property({ type: oneOf<RequestCredentials>(), reflect: true })
  credentials: RequestCredentials = 'same-origin';

  /** A function that sends the requests, instead of the browser's `fetch()`. With `null`, the browser's function is used. */
  @property({ type: object<typeof fetch | null>(), attribute: false })
  fetch: typeof fetch | null = null;

  /**
   * The kinds of tracks, separated by spaces: `video`, `audio`, or both. A player asks for these kinds, or for both if the list
   * is empty. A publisher negotiates them in addition to the kinds of its tracks, so that a later track needs no new session.
   */
  @property({ type: wordList<TrackKind>(), reflect: true })
  kinds: readonly TrackKind[] = [];

  readonly #sessionProperties: readonly string[];
  readonly #run = new LatestRun();
  /** The start that waits for the element's first update. */
  readonly #autoStart = new LatestRun();
  #session: ServerSession<Client> | null = null;
  /** The values of the session properties with which the session was opened; `null` after `stop()`. */
  #openedWith: unknown = null;

  constructor({ sessionProperties = [], frames }: ServerSessionBehaviour) {
    super({ frames, autoStart: () => this.#startOnceUpdated() });
    this.#sessionProperties = [...SESSION_PROPERTIES, ...sessionProperties];
  }

  /**
   * The peer connection of the session, for reading its state and its statistics. Each new session has another one; between two
   * sessions it is `null`.
   */
  get peerConnection(): RTCPeerConnection | null {
    return this.#session?.client.peerConnection ?? null;
  }

  /**
   * The browser's statistics of the session, and under the id `client` those of the element: `state`, `sessions` begun,
   * `failures` in a row, `lastError`, and `nextTryIn` milliseconds. Without a session only these; `null` while it is stopped.
   */
  async getStats(): Promise<RtcClientStatsReport | null> {
    return (await this.#session?.client.getStats()) ?? null;
  }

  /** Ends the session and tells the server. */
  override stop(): void {
    this.#autoStart.cancel();
    this.#run.cancel();
    this.#session = null;
    this.#openedWith = null;
    if (this.state !== 'idle') this.states.set('stopped');
    this.output.set([]);
  }

  protected get session(): ServerSession<Client> | null {
    return this.#session;
  }

  protected get isRunning(): boolean {
    return RUNNING_STATES.includes(this.state);
  }

  /** Replaces the session. Fails the element and returns `null` if the client cannot be created. */
  protected openSession(createClient: () => Client): ServerSession<Client> | null {
    const signal = this.#run.begin();
    this.#session = null;
    this.#openedWith = this.#sessionKey;
    try {
      const client = createClient();
      signal.addEventListener('abort', () => void client.stop().catch(() => {}));
      client.addEventListener(
        'statechange',
        () => {
          this.states.set(client.state);
          if (client.state === 'failed') this.output.set([]);
        },
        { signal },
      );
      client.addEventListener('error', ({ error }) => this.states.reportError(error), { signal });
      // Without the signal: the end of the session may fail after it was stopped.
      client.addEventListener('warning', ({ error }) => this.states.warn(error));
      this.#session = { client, signal };
    } catch (error) {
      this.states.fail(error as Error);
    }
    return this.#session;
  }

  /** The options of the client that both kinds of elements have. */
  protected get clientOptions(): RtcClientInit {
    const { endpoint, iceServers, iceTransportPolicy } = this;
    return {
      endpoint,
      ...(iceServers !== null && { iceServers }),
      iceTransportPolicy,
      ...this.#sessionOptions,
      ...this.#requestOptions,
    };
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const hasLaterOptions = hasAnyChanged(changed, LATER_PROPERTIES);
    if (hasLaterOptions) this.#configureClient();
    const isFailed = this.state === 'failed' && hasLaterOptions;
    const hasOtherSession = hasAnyChanged(changed, this.#sessionProperties) && this.#sessionKey !== this.#openedWith;
    if (!isFailed && !hasOtherSession) return;
    const hasFirstEndpoint = !this.manual && changed.get('endpoint') === '';
    if (!this.isConnected || !(this.#session || this.state === 'failed' || hasFirstEndpoint)) return;
    this.stop();
    if (this.endpoint) this.start();
  }

  get #requestOptions(): RequestOptions {
    const { token, tokenOrigins, credentials, requestTimeout } = this;
    return { token, tokenOrigins, credentials, requestTimeout, fetch: this.fetch ?? undefined };
  }

  get #sessionOptions(): SessionOptions {
    const { noTrickle, gatheringTimeout, connectTimeout, backoffFirst, backoffMax } = this;
    return {
      trickle: !noTrickle,
      gatheringTimeout,
      connectTimeout,
      backoff: { first: backoffFirst, max: backoffMax },
    };
  }

  /** The session stays; so do the options of its client if the new ones are unusable. */
  #configureClient(): void {
    try {
      this.#session?.client.configureRequests(this.#requestOptions);
      this.#session?.client.configureSessions(this.#sessionOptions);
    } catch (error) {
      this.states.reportError(error as Error);
    }
  }

  /** Without an endpoint there is nothing to do until it is set. */
  #startOnceUpdated(): void {
    const signal = this.#autoStart.begin();
    void this.updateComplete.then(() => {
      if (!signal.aborted && this.endpoint && this.isConnected) this.start();
    });
  }

  /** Equal for equal values, so that a list of the same servers does not make a new session. */
  get #sessionKey(): unknown {
    const values = this.#sessionProperties.map((name) => this[name as keyof this]);
    try {
      // Wrong values, which JSON leaves out, are other values too.
      return JSON.stringify(values, (_, value) => (/object|string/.test(typeof value) ? value : describeValue(value)));
    } catch {
      return values;
    }
  }
}

/** The properties whose change takes effect with the next request, session or wait. */
const LATER_PROPERTIES: readonly string[] = [
  'token',
  'tokenOrigins',
  'credentials',
  'requestTimeout',
  'fetch',
  'noTrickle',
  'gatheringTimeout',
  'connectTimeout',
  'backoffFirst',
  'backoffMax',
];

/** The properties whose change needs a new session, in both kinds of elements. */
const SESSION_PROPERTIES: readonly string[] = ['endpoint', 'iceServers', 'iceTransportPolicy', 'kinds'];

const RUNNING_STATES: readonly RtcClientState[] = ['connecting', 'live', 'stalled', 'reconnecting'];
