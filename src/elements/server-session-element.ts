import type { PropertyValues } from '@lit/reactive-element';
import type { FrameSource } from '../controllers/track-output-controller.js';
import { LatestRun } from '../generator/latest-run.js';
import type { RtcClient, RtcClientState } from '../rtc/rtc-client.js';
import { object, text } from './converters.js';
import { hasAnyChanged, property } from './property.js';
import { TrackElement } from './track-element.js';

/** A client, and a signal that is aborted when another session replaces its own, or none does. */
export interface ServerSession<Client extends RtcClient> {
  readonly client: Client;
  readonly signal: AbortSignal;
}

/** The differences between elements with a session. */
export interface ServerSessionBehaviour {
  /** The properties of which a change takes a new session. */
  readonly sessionProperties: readonly string[];
  /** The frames of the tracks; those of received tracks unless given. */
  readonly frames?: FrameSource;
}

/**
 * An element with a session on a media server, by WHIP or WHEP. It starts once it is connected and has an endpoint, and
 * makes a new session when one of the properties changes that a running session cannot change.
 *
 * @cssstate idle - Not started.
 * @cssstate connecting - It connects, or waits for a track.
 * @cssstate live - It is connected.
 * @cssstate reconnecting - It was live; the server or the network is gone, and it tries again by itself.
 * @cssstate stopped - Stopped.
 * @cssstate failed - It does not try again. Another `endpoint` or `token` makes a new session.
 */
export abstract class ServerSessionElement<Client extends RtcClient> extends TrackElement<RtcClientState> {
  /** The server's URL. */
  @property({ type: text, reflect: true })
  endpoint = '';

  /** Bearer token sent with every request. It has no attribute, and never appears in errors or logs. */
  @property({ type: object<string | null>(), attribute: false })
  token: string | null = null;

  /** Origins, besides that of the endpoint, to which a redirection may take the token: `['https://edge.example']`. */
  @property({ type: object<readonly string[]>(), attribute: false })
  tokenOrigins: readonly string[] = [];

  /** STUN and TURN servers, in place of those that the server names. */
  @property({ type: object<readonly RTCIceServer[] | null>(), attribute: false })
  iceServers: readonly RTCIceServer[] | null = null;

  /** Codecs in the order of preference, such as `VP8` or `H264, opus`; empty for the browser's choice. */
  @property({ type: text, reflect: true, configures: true })
  codec = '';

  readonly #sessionProperties: readonly string[];
  readonly #run = new LatestRun();
  /** The start that waits for the element's first update. */
  readonly #autoStart = new LatestRun();
  #session: ServerSession<Client> | null = null;
  /** The values of the session properties with which the session was opened; `null` after `stop()`. */
  #openedWith: unknown = null;

  constructor({ sessionProperties, frames }: ServerSessionBehaviour) {
    super({ frames, autoStart: () => this.#startOnceUpdated() });
    this.#sessionProperties = sessionProperties;
  }

  /** The peer connection of the session, to be looked at: another one after each reconnection, `null` in between. */
  get peerConnection(): RTCPeerConnection | null {
    return this.#session?.client.peerConnection ?? null;
  }

  /** The browser's statistics of the session; `null` without a session. */
  async getStats(): Promise<RTCStatsReport | null> {
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
      client.addEventListener('warning', ({ error }) => this.states.warn(error), { signal });
      this.#session = { client, signal };
    } catch (error) {
      this.states.fail(error as Error);
    }
    return this.#session;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!hasAnyChanged(changed, this.#sessionProperties) || this.#sessionKey === this.#openedWith) return;
    const hasFirstEndpoint = !this.manual && changed.get('endpoint') === '';
    if (!this.isConnected || !(this.#session || this.state === 'failed' || hasFirstEndpoint)) return;
    this.stop();
    if (this.endpoint) this.start();
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
      return JSON.stringify(values);
    } catch {
      return values;
    }
  }
}

const RUNNING_STATES: readonly RtcClientState[] = ['connecting', 'live', 'reconnecting'];
