import type { PropertyDeclarations, PropertyValues } from '@lit/reactive-element';
import { RtcClientController } from '../controllers/rtc-client-controller.js';
import type { RtcClientState } from '../rtc/rtc-client.js';
import { WhepClient } from '../rtc/whep-client.js';
import { OutletElement } from './outlet-element.js';

/**
 * Plays what a media server sends by WHEP: its tracks go to the media elements and the other sinks that `for` names.
 *
 * ```html
 * <video id="screen" autoplay muted playsinline></video>
 * <whep-player for="screen" endpoint="https://example.com/live/whep"></whep-player>
 * ```
 *
 * It goes on until it is stopped: it repairs the path, and makes a new session when server or network were gone, with
 * tracks in place of those before. With a `token`, set it before connecting the element, or use `manual`.
 *
 * @summary Plays what a media server sends by WHEP.
 * @tag whep-player
 * @cssstate idle - It has not been started.
 * @cssstate connecting - It is on the way, or waits for something to be published.
 * @cssstate live - It is connected.
 * @cssstate reconnecting - Server or network is gone; it tries again by itself.
 * @cssstate stopped - It was stopped.
 * @cssstate failed - Something is wrong for good; another `endpoint` or `token` starts anew.
 */
export class WhepPlayerElement extends OutletElement {
  static override properties: PropertyDeclarations = {
    endpoint: { type: String, reflect: true, useDefault: true },
    token: { attribute: false },
    tokenOrigins: { attribute: false },
    iceServers: { attribute: false },
    codec: { type: String, reflect: true, useDefault: true },
  };

  /** The server's WHEP URL. */
  declare endpoint: string;
  /** The bearer token that every request carries; none does without one. It is never reflected, and in no error or log. */
  declare token: string | null;
  /** Origins besides the endpoint's own that a redirection may take the token to. */
  declare tokenOrigins: readonly string[];
  /** STUN and TURN servers in place of those that the server names. */
  declare iceServers: readonly RTCIceServer[] | null;
  /** Codecs in the order of preference, such as `VP8` or `H264, opus`; empty for the browser's choice. */
  declare codec: string;

  readonly #holder = new RtcClientController<WhepClient>({
    stateChanged: () => this.showState(),
    failed: (error) => this.reportError(error),
  });

  /** The newest coming into the document, which a stop calls off. */
  #entered = 0;
  /** What the client was opened with. */
  #opened = '';

  constructor() {
    super();
    this.endpoint = '';
    this.token = null;
    this.tokenOrigins = [];
    this.iceServers = null;
    this.codec = '';
  }

  /** What it is doing. Also a custom state: `:state(live)`. */
  override get state(): RtcClientState {
    return this.#holder.state;
  }

  /** The connection, for looking on; another one after each reconnection, `null` between two. */
  get peerConnection(): RTCPeerConnection | null {
    return this.#holder.client?.peerConnection ?? null;
  }

  /** Plays, unless it does. */
  override start(): void {
    if (this.#holder.client && running.includes(this.state)) return;
    const { endpoint, token, tokenOrigins, iceServers, codec } = this;
    this.#opened = this.#configuration;
    try {
      const client = this.#holder.open(
        () => new WhepClient({ endpoint, token, tokenOrigins, codec, ...(iceServers && { iceServers }) }),
      );
      const show = () => client === this.#holder.client && this.outlet.set(client.tracks);
      client.addEventListener('addtrack', ({ track }) => {
        track.addEventListener('unmute', () => this.outlet.update());
        show();
      });
      client.addEventListener('removetrack', show);
      client.start().catch(() => {});
    } catch (error) {
      this.#holder.fail(error as Error);
    }
  }

  /** Ends the session and tells the server. */
  override stop(): void {
    this.#entered++;
    this.#opened = '';
    this.#holder.close();
    this.outlet.set([]);
  }

  /** The browser's figures of the session, or `null` while there is none. */
  async getStats(): Promise<RTCStatsReport | null> {
    return (await this.#holder.client?.getStats()) ?? null;
  }

  get #configuration(): string {
    return JSON.stringify([this.endpoint, this.token, this.tokenOrigins, this.iceServers, this.codec]);
  }

  protected override entered(): void {
    // Without an endpoint there is nothing to do yet.
    const entered = ++this.#entered;
    const isWanted = () => entered === this.#entered && this.endpoint && this.isConnected;
    void this.updateComplete.then(() => isWanted() && super.entered());
  }

  // A received track is muted until its first packet has come.
  protected override picturePassed(track: MediaStreamTrack): boolean {
    return !track.muted;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!anew.some((name) => changed.has(name)) || this.#opened === this.#configuration) return;
    const begun = this.#holder.client || this.state === 'failed' || (!this.manual && changed.get('endpoint') === '');
    if (!begun || !this.isConnected) return;
    this.stop();
    if (this.endpoint) this.start();
  }
}

/** What a session cannot change. */
const anew = ['endpoint', 'token', 'tokenOrigins', 'iceServers', 'codec'];

const running: readonly RtcClientState[] = ['connecting', 'live', 'reconnecting'];

declare global {
  interface HTMLElementTagNameMap {
    'whep-player': WhepPlayerElement;
  }
}
