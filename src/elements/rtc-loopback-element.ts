import type { PropertyDeclarations, PropertyValues } from '@lit/reactive-element';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import { Loopback, type LoopbackSettings } from '../rtc/loopback.js';
import type { LoopbackStats } from '../rtc/loopback-stats.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { OutletElement, type OutletEventMap } from './outlet-element.js';
import { StatsEvent } from './stats-event.js';

export type LoopbackState = 'idle' | 'connecting' | 'live' | 'stopped' | 'failed';

export interface LoopbackEventMap extends OutletEventMap {
  stats: StatsEvent<LoopbackStats>;
}

/**
 * Two real peer connections in the page: what comes in goes out encoded, sent and decoded, with what goes wrong on the
 * way. Sources stand inside it, or name it with `for`; what arrives goes to the sinks that it names itself.
 *
 * ```html
 * <rtc-loopback for="screen" codec="VP8" max-bitrate="500000" loss="0.02">
 *   <pattern-source pattern="ball"></pattern-source>
 *   <tone-source></tone-source>
 * </rtc-loopback>
 * ```
 *
 * A change of track is no new negotiation. The impairments work on encoded frames (`RTCRtpScriptTransform`).
 *
 * @summary Two peer connections in the page, with what goes wrong on the way.
 * @tag rtc-loopback
 * @slot - Sources whose tracks are sent.
 * @event {StatsEvent} stats - Once a second while it is live; `stats` has what passes through.
 * @cssstate idle - It has not been started.
 * @cssstate connecting - The peers are connecting.
 * @cssstate live - The peers are connected.
 * @cssstate stopped - It was stopped.
 * @cssstate failed - Something is wrong; correcting it brings it back.
 */
export class RtcLoopbackElement extends OutletElement<LoopbackEventMap> implements TrackSink {
  static override properties: PropertyDeclarations = {
    codec: { type: String, reflect: true, useDefault: true },
    maxBitrate: { type: Number, reflect: true, attribute: 'max-bitrate', useDefault: true },
    maxFramerate: { type: Number, reflect: true, attribute: 'max-framerate', useDefault: true },
    scaleDown: { type: Number, reflect: true, attribute: 'scale-down', useDefault: true },
    scalabilityMode: { type: String, reflect: true, attribute: 'scalability-mode', useDefault: true },
    degradation: { type: String, reflect: true, useDefault: true },
    jitterTarget: { type: Number, reflect: true, attribute: 'jitter-target', useDefault: true },
    loss: { type: Number, reflect: true, useDefault: true },
    delay: { type: Number, reflect: true, useDefault: true },
    jitter: { type: Number, reflect: true, useDefault: true },
    freeze: { type: Number, reflect: true, useDefault: true },
    seed: { type: Number, reflect: true, useDefault: true },
  };

  /** Codecs in the order of preference, such as `VP8` or `H264, opus`; empty for the browser's choice. */
  declare codec: string;
  /** Bits a second of the video; 0 for the browser's choice. */
  declare maxBitrate: number;
  /** Frames a second; 0 for those that come in. */
  declare maxFramerate: number;
  /** By what the video's width and height are divided: at least 1. */
  declare scaleDown: number;
  /** Layers of the encoding, such as `L1T2`; empty for the browser's choice. */
  declare scalabilityMode: string;
  /** What gives way first: `balanced`, `maintain-framerate` or `maintain-resolution`; empty for the browser's choice. */
  declare degradation: string;
  /** Milliseconds that the jitter buffers aim at, 0 to 4000; 0 for the browser's choice. */
  declare jitterTarget: number;
  /** Share of the encoded frames that are lost: 0 to 1. */
  declare loss: number;
  /** Milliseconds by which every encoded frame comes late, 0 to 10000. */
  declare delay: number;
  /** Milliseconds, at most, by which single frames come later still, 0 to 10000; their order stays. */
  declare jitter: number;
  /** Milliseconds in every ten seconds in which nothing arrives; what was held comes at once then. */
  declare freeze: number;
  /** Which frames are lost and how late others are, the same in each run: a 32-bit integer. */
  declare seed: number;

  readonly #intake = new TrackSinkController(this, (kind, track) => {
    const peers = this.#peers;
    peers?.setTrack(kind, track).catch((error) => peers === this.#peers && this.#fail(error));
  });
  #peers: Loopback | null = null;
  #state: LoopbackState = 'idle';
  #stats: LoopbackStats | null = null;
  #forgetTick = (): void => {};
  /** The newest start, which a stop calls off. */
  #wish = 0;

  constructor() {
    super();
    this.codec = '';
    this.maxBitrate = 0;
    this.maxFramerate = 0;
    this.scaleDown = 1;
    this.scalabilityMode = '';
    this.degradation = '';
    this.jitterTarget = 0;
    this.loss = 0;
    this.delay = 0;
    this.jitter = 0;
    this.freeze = 0;
    this.seed = 0;
  }

  /** What it is doing. Also a custom state: `:state(live)`. */
  override get state(): LoopbackState {
    return this.#state;
  }

  /** The newest figures: bit rates, frame rates, round trip, delay, losses, codec; `null` before the first. */
  get stats(): LoopbackStats | null {
    return this.#stats;
  }

  /** @internal */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#intake.addTrack(track, source);
  }

  /** @internal */
  removeTrack(track: MediaStreamTrack): void {
    this.#intake.removeTrack(track);
  }

  /** Connects the peers, unless they are. */
  override start(): void {
    if (this.#peers) return;
    const wish = ++this.#wish;
    void this.updateComplete.then(() => wish === this.#wish && !this.#peers && this.#open());
  }

  /** Ends the connection and frees everything; what comes in goes on. */
  override stop(): void {
    this.#wish++;
    this.#close();
    if (this.#state !== 'idle') this.#change('stopped');
  }

  protected override picturePassed(track: MediaStreamTrack): boolean {
    return !track.muted;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if ([...changed.keys()].every((name) => OutletElement.elementProperties.has(name))) return;
    const peers = this.#peers;
    const current = () => peers === this.#peers;
    if (peers) {
      peers.change(this.#settings()).then(
        () => current() && this.#settle(),
        (error) => current() && this.#fail(error),
      );
    } else if (this.#state === 'failed') this.start();
  }

  #open(): void {
    if (!this.isConnected) return;
    this.#change('connecting');
    try {
      const peers = Loopback.open(this.#settings(), {
        tracksChanged: () => peers === this.#peers && this.outlet.set(peers.tracks),
        connectionChanged: (state) => {
          if (peers !== this.#peers) return;
          if (state === 'connected') this.#settle();
          if (state !== 'failed') return;
          this.#close();
          this.#fail(new DOMException('The peers lost each other: start() connects them anew.', 'NetworkError'));
        },
      });
      this.#peers = peers;
      for (const track of this.#intake.tracks) {
        peers
          .setTrack(track.kind as 'video' | 'audio', track)
          .catch((error) => peers === this.#peers && this.#fail(error));
      }
      peers.start().catch((error) => {
        if (this.#peers !== peers) return;
        this.#close();
        this.#fail(error);
      });
      const timer = setInterval(() => void this.#measure(peers), 1000);
      this.#forgetTick = () => clearInterval(timer);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #measure(peers: Loopback): Promise<void> {
    const stats = await peers.getStats().catch(() => null);
    if (!stats || peers !== this.#peers) return;
    this.#stats = stats;
    this.dispatchEvent(new StatsEvent(stats));
  }

  #close(): void {
    this.#forgetTick();
    this.#peers?.close();
    this.#peers = null;
    this.#stats = null;
    this.outlet.set([]);
  }

  readonly #settle = (): void => {
    if (!this.#peers) return;
    this.outlet.set(this.#peers.tracks);
    this.#change(this.#peers.isConnected ? 'live' : 'connecting');
  };

  readonly #fail = (error: unknown): void => {
    this.#change('failed');
    this.reportError(error as Error);
  };

  #change(state: LoopbackState): void {
    this.#state = state;
    this.showState();
  }

  #settings(): LoopbackSettings {
    const { codec, scaleDown, jitterTarget, loss, delay, jitter, freeze, seed } = this;
    const { maxBitrate, maxFramerate, scalabilityMode, degradation } = this;
    return {
      codec,
      ...(maxBitrate !== 0 && { maxBitrate }),
      ...(maxFramerate !== 0 && { maxFramerate }),
      ...(scaleDown !== 1 && { scaleDown }),
      ...(scalabilityMode && { scalabilityMode }),
      ...(degradation && { degradation: degradation as RTCDegradationPreference }),
      jitterTarget,
      loss,
      delay,
      jitter,
      freeze,
      seed,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-loopback': RtcLoopbackElement;
  }
}
