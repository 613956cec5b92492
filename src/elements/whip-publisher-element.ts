import type { PropertyDeclarations, PropertyValues } from '@lit/reactive-element';
import { RtcClientController } from '../controllers/rtc-client-controller.js';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import type { RtcClientState } from '../rtc/rtc-client.js';
import type { SendOptions } from '../rtc/send-options.js';
import { WhipClient } from '../rtc/whip-client.js';
import type { TrackSink } from '../sinks/track-sink.js';
import type { SourceElement } from './source-element.js';
import { StartingElement } from './starting-element.js';

/**
 * Publishes to a media server by WHIP (RFC 9725): the sources that stand inside it, or that name it with `for`, one of
 * video and one of audio.
 *
 * ```html
 * <whip-publisher endpoint="https://example.com/live/whip">
 *   <pattern-source></pattern-source>
 *   <tone-source></tone-source>
 * </whip-publisher>
 * ```
 *
 * It begins when a track is there and goes on until it is stopped: it repairs the path, and makes a new session when
 * server or network were gone. A change of track is no new negotiation. With a `token`, set it before connecting the
 * element, or use `manual`.
 *
 * @summary Publishes tracks to a media server by WHIP.
 * @tag whip-publisher
 * @slot - Sources whose tracks are published.
 * @cssstate idle - It has not been started.
 * @cssstate connecting - It is on the way, or waits for a track.
 * @cssstate live - It is connected.
 * @cssstate reconnecting - Server or network is gone; it tries again by itself.
 * @cssstate stopped - It was stopped.
 * @cssstate failed - Something is wrong for good; another `endpoint` or `token` starts anew.
 */
export class WhipPublisherElement extends StartingElement implements TrackSink {
  static override properties: PropertyDeclarations = {
    endpoint: { type: String, reflect: true, useDefault: true },
    token: { attribute: false },
    tokenOrigins: { attribute: false },
    iceServers: { attribute: false },
    codec: { type: String, reflect: true, useDefault: true },
    maxBitrate: { type: Number, reflect: true, attribute: 'max-bitrate', useDefault: true },
    maxFramerate: { type: Number, reflect: true, attribute: 'max-framerate', useDefault: true },
    scaleDown: { type: Number, reflect: true, attribute: 'scale-down', useDefault: true },
    scalabilityMode: { type: String, reflect: true, attribute: 'scalability-mode', useDefault: true },
    simulcast: { type: Number, reflect: true, useDefault: true },
    degradation: { type: String, reflect: true, useDefault: true },
  };

  /** The server's WHIP URL. */
  declare endpoint: string;
  /** The bearer token that every request carries; none does without one. It is never reflected, and in no error or log. */
  declare token: string | null;
  /** Origins besides the endpoint's own that a redirection may take the token to. */
  declare tokenOrigins: readonly string[];
  /** STUN and TURN servers in place of those that the server names. */
  declare iceServers: readonly RTCIceServer[] | null;
  /** Codecs in the order of preference, such as `VP8` or `H264, opus`; empty for the browser's choice. */
  declare codec: string;
  /** Bits a second of the video, all layers together; 0 for the browser's choice. */
  declare maxBitrate: number;
  /** Frames a second; 0 for those that come in. */
  declare maxFramerate: number;
  /** By what the video's width and height are divided: at least 1. */
  declare scaleDown: number;
  /** Layers of the encoding, such as `L1T2`; empty for the browser's choice. */
  declare scalabilityMode: string;
  /** In how many sizes the video is sent at once, each half as wide as the next: 1 to 3. */
  declare simulcast: number;
  /** What gives way first: `balanced`, `maintain-framerate` or `maintain-resolution`; empty for the browser's choice. */
  declare degradation: string;

  readonly #intake = new TrackSinkController(this, (kind, track) => this.#trackChanged(kind, track));
  readonly #holder = new RtcClientController<WhipClient>({
    stateChanged: () => this.showState(),
    failed: (error) => this.reportError(error),
  });
  /** It has been told to publish, and waits for a track. */
  #waiting: ReturnType<typeof setTimeout> | boolean = false;
  /** The newest coming into the document, which a stop calls off. */
  #entered = 0;

  constructor() {
    super();
    this.endpoint = '';
    this.token = null;
    this.tokenOrigins = [];
    this.iceServers = null;
    this.codec = '';
    this.maxBitrate = 0;
    this.maxFramerate = 0;
    this.scaleDown = 1;
    this.scalabilityMode = '';
    this.simulcast = 1;
    this.degradation = '';
  }

  /** What it is doing. Also a custom state: `:state(live)`. */
  override get state(): RtcClientState {
    return this.#waiting ? 'connecting' : this.#holder.state;
  }

  /** The connection, for looking on; another one after each reconnection, `null` between two. */
  get peerConnection(): RTCPeerConnection | null {
    return this.#holder.client?.peerConnection ?? null;
  }

  /** @internal */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#intake.addTrack(track, source);
  }

  /** @internal */
  removeTrack(track: MediaStreamTrack): void {
    this.#intake.removeTrack(track);
  }

  /** Publishes as soon as a track is there. */
  override start(): void {
    if (this.#waiting || (this.#holder.client && running.includes(this.#holder.state))) return;
    this.#waiting = true;
    this.showState();
    this.#expect();
  }

  /** Ends the session and tells the server; what comes in goes on. */
  override stop(): void {
    const waited = Boolean(this.#waiting);
    this.#entered++;
    this.#forget();
    this.#holder.close(waited);
  }

  /** The browser's figures of the session, or `null` while there is none. */
  async getStats(): Promise<RTCStatsReport | null> {
    return (await this.#holder.client?.getStats()) ?? null;
  }

  protected override entered(): void {
    // Without an endpoint there is nothing to do yet.
    const entered = ++this.#entered;
    const isWanted = () => entered === this.#entered && this.endpoint && this.isConnected;
    void this.updateComplete.then(() => isWanted() && super.entered());
  }

  protected override updated(changed: PropertyValues): void {
    const { client } = this.#holder;
    if (anew.some((name) => changed.has(name))) {
      const begun = client || this.state === 'failed' || (!this.manual && changed.get('endpoint') === '');
      if (!begun || !this.isConnected) return;
      this.stop();
      if (this.endpoint) this.start();
    } else if ([...changed.keys()].some((name) => !StartingElement.elementProperties.has(name))) {
      if (this.state === 'failed') this.start();
      else client?.configure(this.#options()).catch((error) => this.reportError(error));
    }
  }

  /** Tracks of the same markup come one shortly after the other: one session is made for all of them. */
  #expect(since = performance.now()): void {
    if (this.#waiting !== true || this.#intake.tracks.length === 0) return;
    this.#waiting = setTimeout(() => {
      this.#waiting = true;
      if (this.#intake.tracks.length === 0) return;
      if (this.#isMoreComing() && performance.now() - since < PATIENCE) {
        this.#expect(since);
        return;
      }
      this.#forget();
      this.#open();
    }, TOGETHER);
  }

  /** Whether a source that stands inside is still making its track. */
  #isMoreComing(): boolean {
    return [...this.querySelectorAll<SourceElement>('*')].some(({ state }) => state === 'starting');
  }

  #open(): void {
    const { endpoint, token, tokenOrigins, iceServers } = this;
    try {
      const client = this.#holder.open(
        () => new WhipClient({ endpoint, token, tokenOrigins, ...(iceServers && { iceServers }), ...this.#options() }),
      );
      client.start(this.#intake.tracks).catch(() => {});
    } catch (error) {
      this.#holder.fail(error as Error);
    }
  }

  #trackChanged(kind: 'video' | 'audio', track: MediaStreamTrack | null): void {
    if (this.#waiting) this.#expect();
    else this.#holder.client?.replaceTrack(kind, track).catch((error) => this.reportError(error));
  }

  #forget(): void {
    clearTimeout(Number(this.#waiting));
    this.#waiting = false;
  }

  #options(): SendOptions {
    const { codec, maxBitrate, maxFramerate, scaleDown, scalabilityMode, simulcast, degradation } = this;
    return {
      codec,
      maxBitrate: maxBitrate || undefined,
      maxFramerate: maxFramerate || undefined,
      scaleDown,
      scalabilityMode: scalabilityMode || undefined,
      simulcast,
      degradation: (degradation || undefined) as RTCDegradationPreference | undefined,
    };
  }
}

/** What a session cannot change. */
const anew = ['endpoint', 'token', 'tokenOrigins', 'iceServers'];

const running: readonly RtcClientState[] = ['connecting', 'live', 'reconnecting'];

/** Milliseconds. */
const TOGETHER = 250;
const PATIENCE = 5000;

declare global {
  interface HTMLElementTagNameMap {
    'whip-publisher': WhipPublisherElement;
  }
}
