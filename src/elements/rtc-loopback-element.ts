import type { PropertyValues } from '@lit/reactive-element';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import { LatestRun } from '../generator/latest-run.js';
import { Loopback, type LoopbackSettings } from '../rtc/loopback.js';
import type { LoopbackStats } from '../rtc/loopback-stats.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { number, numberOrNull, object } from './converters.js';
import { hasConfigurationChanged, property } from './property.js';
import { sendOptionsOf, withSendProperties } from './send-properties.js';
import { StatsEvent } from './stats-event.js';
import { TrackElement, type TrackElementEventMap } from './track-element.js';

/** The states of a loopback. */
export type LoopbackState = 'idle' | 'connecting' | 'live' | 'stopped' | 'failed';

/** The events of a loopback, for `addEventListener`. */
export interface LoopbackEventMap extends TrackElementEventMap {
  stats: StatsEvent<LoopbackStats>;
}

/**
 * Two real peer connections in the page: tracks are encoded, sent, impaired by simulated network faults, received and decoded.
 * It sends the tracks of the sources inside, or of those that name it with `for`. The received tracks go to the sinks that its
 * own `for` names.
 *
 * ```html
 * <rtc-loopback for="screen" codec="VP8" max-bitrate="500000" loss="0.02">
 *   <pattern-source pattern="ball"></pattern-source>
 *   <tone-source></tone-source>
 * </rtc-loopback>
 * ```
 *
 * Exchanging a track needs no new negotiation. The faults `loss`, `delay`, `jitter` and `freeze` act on encoded frames as a
 * network acts on their packets (`RTCRtpScriptTransform`).
 *
 * @summary Two peer connections in the page, with simulated network faults.
 * @tag rtc-loopback
 * @slot - Sources whose tracks are sent.
 * @event {StatsEvent<LoopbackStats>} stats - Fired once a second while it is live. `stats` holds the statistics of the connection.
 * @cssstate idle - Not started.
 * @cssstate connecting - The peers are connecting.
 * @cssstate live - The peers are connected.
 * @cssstate stopped - Stopped.
 * @cssstate failed - It cannot connect, or not with these settings. It connects again when they are corrected.
 */
export class RtcLoopbackElement
  extends withSendProperties(TrackElement<LoopbackState, LoopbackEventMap>)
  implements TrackSink
{
  /**
   * Milliseconds for which received media is held back so that late packets are still in time, 0 to 4000:
   * `RTCRtpReceiver.jitterBufferTarget`. Unset, the browser chooses. With `loss`, video then also waits for packets that are
   * sent again.
   */
  @property({ type: numberOrNull, attribute: 'jitter-target', reflect: true, configures: true })
  jitterTarget: number | null = null;

  /**
   * Share of the packets that are lost, 0 to 1. A lost packet of video is sent again and comes a round trip later: twice
   * `delay`, and at least 20 ms. A lost packet of audio is concealed.
   */
  @property({ type: number, reflect: true, configures: true })
  loss = 0;

  /** Share of the lost packets of video that are not sent again, 0 to 1. The picture then waits for a key frame. */
  @property({ type: number, reflect: true, configures: true })
  unrecovered = 0;

  /** Milliseconds by which all encoded frames are delayed, 0 to 10000. A round trip takes twice as long. */
  @property({ type: number, reflect: true, configures: true })
  delay = 0;

  /** Maximum of an additional random delay of each frame in milliseconds, 0 to 10000. Frames keep their order. */
  @property({ type: number, reflect: true, configures: true })
  jitter = 0;

  /** Milliseconds in every ten seconds in which nothing arrives. The frames held back then arrive at once. */
  @property({ type: number, reflect: true, configures: true })
  freeze = 0;

  /**
   * Seed of the random impairments: a 32-bit integer. In each run the same seed loses the same packets of the same frames,
   * counted from the start, and delays the same frames by as much.
   */
  @property({ type: number, reflect: true, configures: true })
  seed = 0;

  /**
   * A stream whose tracks are sent, besides those of sources: a camera, a screen, tracks of another library. It uses one live
   * track of each kind. A stream fires no event when a script calls its `addTrack()`: after that, set a new stream.
   */
  @property({ type: object<MediaStream | null>(), attribute: false })
  srcObject: MediaStream | null = null;

  readonly #sink = new TrackSinkController(this, {
    trackChanged: (kind, track) => this.#sendTrack(kind, track),
    failed: (error) => this.states.reportError(error),
  });
  /** From a start to the stop. */
  readonly #run = new LatestRun();
  readonly #change = new LatestRun();
  #session: LoopbackSession | null = null;
  #stats: LoopbackStats | null = null;

  /** The latest statistics: bit rates, frame rates, round trip, delay, losses, codec. `null` before the first. */
  get stats(): LoopbackStats | null {
    return this.#stats;
  }

  /** Sends a track, which replaces the last one of its kind. Sources call this method; it makes the element a sink. */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#sink.addTrack(track, source);
  }

  /** No longer sends a track. The track itself continues. */
  removeTrack(track: MediaStreamTrack): void {
    this.#sink.removeTrack(track);
  }

  /** Connects the peers, unless they are connected. */
  override start(): void {
    if (this.#run.isRunning) return;
    const signal = this.#run.begin();
    // Attributes that are set in the same task count.
    void this.updateComplete.then(() => {
      if (signal.aborted) return;
      if (this.isConnected) this.#open(signal);
      else this.#run.cancel();
    });
  }

  /** Ends the connection and frees everything. The tracks that were sent continue. */
  override stop(): void {
    this.#close();
    if (this.state !== 'idle') this.states.set('stopped');
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!hasConfigurationChanged(this, changed)) return;
    if (this.#session) void this.#applySettings(this.#session.loopback);
    else if (this.state === 'failed') this.start();
  }

  #open(signal: AbortSignal): void {
    this.states.set('connecting');
    // A listener of `statechange` may have stopped it.
    if (signal.aborted) return;
    try {
      const loopback = Loopback.open(this.#settings(), {
        tracksChanged: () => {
          if (!signal.aborted) this.output.set(loopback.tracks);
        },
        warned: (warning) => {
          if (!signal.aborted) this.states.warn(warning);
        },
        connectionChanged: (state) => {
          if (signal.aborted) return;
          if (state === 'connected') this.#markHealthy(loopback);
          if (state === 'failed') {
            this.#fail(
              new DOMException('The peers lost their connection: start() connects them again.', 'NetworkError'),
            );
          }
        },
      });
      const timer = setInterval(() => void this.#measure(loopback, signal), STATS_INTERVAL_MS);
      signal.addEventListener('abort', () => {
        clearInterval(timer);
        loopback.close();
      });
      this.#session = { loopback, signal };
      for (const track of this.#sink.tracks) this.#sendTrack(track.kind as TrackKind, track);
      loopback.start().catch((error) => {
        if (!signal.aborted) this.#fail(error);
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  #sendTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    if (!this.#session) return;
    const { loopback, signal } = this.#session;
    loopback.setTrack(kind, track).catch((error) => {
      if (!signal.aborted) this.states.fail(error);
    });
  }

  async #applySettings(loopback: Loopback): Promise<void> {
    const signal = this.#change.begin();
    try {
      await loopback.change(this.#settings());
      if (!signal.aborted) this.#markHealthy(loopback);
    } catch (error) {
      if (!signal.aborted) this.states.fail(error as Error);
    }
  }

  async #measure(loopback: Loopback, signal: AbortSignal): Promise<void> {
    const stats = await loopback.getStats().catch(() => null);
    if (!stats || signal.aborted) return;
    this.#stats = stats;
    this.dispatchEvent(new StatsEvent(stats));
  }

  #markHealthy(loopback: Loopback): void {
    this.output.set(loopback.tracks);
    this.states.set(loopback.isConnected ? 'live' : 'connecting');
  }

  #fail(error: unknown): void {
    this.#close();
    this.states.fail(error as Error);
  }

  #close(): void {
    this.#run.cancel();
    this.#change.cancel();
    this.#session = null;
    this.#stats = null;
    this.output.set([]);
  }

  #settings(): LoopbackSettings {
    const { jitterTarget, loss, unrecovered, delay, jitter, freeze, seed } = this;
    return { ...sendOptionsOf(this), jitterTarget, loss, unrecovered, delay, jitter, freeze, seed };
  }
}

/** The loopback from a start to the stop, and a signal that is aborted then. */
interface LoopbackSession {
  readonly loopback: Loopback;
  readonly signal: AbortSignal;
}

const STATS_INTERVAL_MS = 1000;

declare global {
  interface HTMLElementTagNameMap {
    'rtc-loopback': RtcLoopbackElement;
  }
}
