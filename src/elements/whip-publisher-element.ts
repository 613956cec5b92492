import type { PropertyValues } from '@lit/reactive-element';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import { waitForSources } from '../controllers/wait-for-sources.js';
import { LatestRun } from '../generator/latest-run.js';
import type { SendOptions } from '../rtc/send-options.js';
import { delay, systemClock } from '../rtc/timing.js';
import { WhipClient } from '../rtc/whip-client.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { number, object } from './converters.js';
import { hasConfigurationChanged, property } from './property.js';
import { sendOptionsOf, withSendProperties } from './send-properties.js';
import { ServerSessionElement } from './server-session-element.js';

/**
 * Publishes tracks to a media server by WHIP (RFC 9725): one video track and one audio track, of the sources inside the
 * element or of those that name it with `for`.
 *
 * ```html
 * <whip-publisher endpoint="https://example.com/live/whip" for="preview">
 *   <pattern-source></pattern-source>
 *   <tone-source></tone-source>
 * </whip-publisher>
 * <video id="preview" autoplay muted playsinline></video>
 * ```
 *
 * It begins when there is a track, and reconnects until it is stopped. Exchanging a track needs no new negotiation. Sinks that
 * `for` names also get the tracks, for example for a preview, from the opening of the session until it is stopped. Set a
 * `token` before the element is connected, or use `manual`: the first request needs it.
 *
 * @summary Publishes tracks to a media server by WHIP.
 * @tag whip-publisher
 * @slot - Sources whose tracks are published.
 */
export class WhipPublisherElement extends withSendProperties(ServerSessionElement<WhipClient>) implements TrackSink {
  /**
   * Simulcast: the number of sizes in which the video is sent at the same time, 1 to 3. Each size is half as wide as the next.
   * 1 means no simulcast.
   */
  @property({ type: number, reflect: true, configures: true })
  simulcast = 1;

  /**
   * A stream whose tracks are published, besides those of sources: a camera, a screen, tracks of another library. It uses one
   * live track of each kind. A stream fires no event when a script calls its `addTrack()`: after that, set a new stream.
   */
  @property({ type: object<MediaStream | null>(), attribute: false })
  srcObject: MediaStream | null = null;

  readonly #sink = new TrackSinkController(this, {
    trackChanged: (kind, track) => this.#trackChanged(kind, track),
    failed: (error) => this.states.reportError(error),
  });
  /** Whether it is started and has no session yet, because there is no track. */
  #isWaitingForTracks = false;
  readonly #gathering = new LatestRun();

  constructor() {
    super({
      // A published track does not tell whether it has had a frame, so a preview begins after the page's load event.
      frames: { hasFrame: () => false },
    });
  }

  /** Publishes a track, which replaces the last one of its kind. Sources call this method; it makes the element a sink. */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#sink.addTrack(track, source);
  }

  /** No longer publishes a track. The track itself continues. */
  removeTrack(track: MediaStreamTrack): void {
    this.#sink.removeTrack(track);
  }

  /** Starts publishing, unless it is running. It publishes as soon as there is a track. */
  override start(): void {
    if (this.isRunning) return;
    this.#isWaitingForTracks = true;
    this.states.set('connecting');
    void this.#openWithAllTracks();
  }

  /** Ends the session and tells the server. The published tracks continue. */
  override stop(): void {
    this.#isWaitingForTracks = false;
    this.#gathering.cancel();
    super.stop();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!hasConfigurationChanged(this, changed)) return;
    if (this.state === 'failed') this.start();
    else void this.#configure();
  }

  /** The tracks of one page arrive one after the other. One session is made for all of them. */
  async #openWithAllTracks(): Promise<void> {
    if (!this.#isWaitingForTracks || this.#gathering.isRunning || this.#sink.tracks.length === 0) return;
    const signal = this.#gathering.begin();
    await delay(systemClock, GATHER_MS, signal).catch(() => {});
    await waitForSources(this.#sink, signal);
    if (signal.aborted) return;
    this.#gathering.cancel();
    if (this.#sink.tracks.length === 0) return;
    this.#isWaitingForTracks = false;
    this.#open();
  }

  #open(): void {
    const { tracks } = this.#sink;
    const session = this.openSession(
      () => new WhipClient({ ...this.clientOptions, kinds: this.kinds, ...this.#sendOptions() }),
    );
    if (!session) return;
    // The client's events report what goes wrong.
    session.client.start(tracks).catch(() => {});
    this.output.set(tracks);
  }

  #trackChanged(kind: TrackKind, track: MediaStreamTrack | null): void {
    if (this.#isWaitingForTracks) void this.#openWithAllTracks();
    if (!this.session || !this.isRunning) return;
    const { client, signal } = this.session;
    this.output.set(this.#sink.tracks);
    client.replaceTrack(kind, track).catch((error) => {
      if (!signal.aborted) this.states.reportError(error);
    });
  }

  async #configure(): Promise<void> {
    if (!this.session) return;
    const { client, signal } = this.session;
    try {
      await client.configure(this.#sendOptions());
    } catch (error) {
      if (!signal.aborted) this.states.reportError(error as Error);
    }
  }

  #sendOptions(): SendOptions {
    return { ...sendOptionsOf(this), simulcast: this.simulcast };
  }
}

/** How long further tracks are waited for after the first. */
const GATHER_MS = 250;

declare global {
  interface HTMLElementTagNameMap {
    'whip-publisher': WhipPublisherElement;
  }
}
