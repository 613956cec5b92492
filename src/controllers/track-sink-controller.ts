import { ContextProvider } from '@lit/context';
import type { ReactiveControllerHost } from '@lit/reactive-element';
import { checkTrack } from '../processor/page/is-track.js';
import { valueError } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import { LatestTrackByKind } from '../sinks/latest-track-by-kind.js';
import { sinkContext, type TrackSink } from '../sinks/track-sink.js';

/** An element with one track of each kind. */
export interface TrackSinkHost extends ReactiveControllerHost, HTMLElement, TrackSink {
  /** A stream whose tracks the element takes, besides those of sources. */
  readonly srcObject: MediaStream | null;
}

/** Receives the reports of a {@link TrackSinkController}. */
export interface TrackSinkListener {
  /** There is another track of a kind; `null` when there is none left. */
  trackChanged(kind: TrackKind, track: MediaStreamTrack | null): void;
  /** `srcObject` is not a stream. The sources remain. */
  failed(error: Error): void;
}

/**
 * Makes an element a sink with one track of each kind: the track of the source that came last. Sources inside the element
 * find it by the context protocol, others by its id, and the page can set its `srcObject`. It is a context provider, and so
 * a `ReactiveController`.
 *
 * ```ts
 * readonly #sink = new TrackSinkController(this, { trackChanged: (kind, track) => this.#peer.setTrack(kind, track), … });
 * addTrack(track: MediaStreamTrack, source: HTMLElement) { this.#sink.addTrack(track, source); }
 * removeTrack(track: MediaStreamTrack) { this.#sink.removeTrack(track); }
 * ```
 */
export class TrackSinkController extends ContextProvider<typeof sinkContext> implements TrackSink {
  /** Fires `change` when a kind has another track. */
  readonly changes = new EventTarget();
  readonly #host: TrackSinkHost;
  readonly #listener: TrackSinkListener;
  readonly #latest: LatestTrackByKind;
  readonly #tracks = new Map<TrackKind, MediaStreamTrack>();
  #stream: MediaStream | null = null;
  /** The last `srcObject` that was no stream, and was reported as an error. */
  #refused: unknown = undefined;
  /** The tracks of the stream that are in use. */
  #streamTracks: readonly MediaStreamTrack[] = [];
  /** Ends the listening to the stream. */
  #following: AbortController | null = null;

  constructor(host: TrackSinkHost, listener: TrackSinkListener) {
    super(host, { context: sinkContext, initialValue: host });
    this.#host = host;
    this.#listener = listener;
    this.#latest = new LatestTrackByKind((kind) => {
      const track = this.#latest.current(kind);
      if (track === (this.#tracks.get(kind) ?? null)) return;
      if (track) this.#tracks.set(kind, track);
      else this.#tracks.delete(kind);
      listener.trackChanged(kind, track);
      this.changes.dispatchEvent(new Event('change'));
    });
  }

  /** The tracks: at most one of each kind. */
  get tracks(): readonly MediaStreamTrack[] {
    return [...this.#tracks.values()];
  }

  /** The elements inside that give their tracks to this sink, also those that have no track yet. */
  get sourcesInside(): readonly Element[] {
    return [...this.subscriptions.values()].map(({ consumerHost }) => consumerHost);
  }

  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    checkTrack(track);
    this.#latest.add(track, source);
  }

  removeTrack(track: MediaStreamTrack): void {
    this.#latest.remove(track);
  }

  override hostConnected(): void {
    super.hostConnected();
    this.#followStream();
  }

  hostDisconnected(): void {
    this.#following?.abort();
  }

  hostUpdate(): void {
    const { srcObject } = this.#host;
    if (srcObject === this.#stream || srcObject === this.#refused) return;
    // Not by instanceof: a stream of another document has another class.
    const isStream = srcObject === null || typeof (srcObject as Partial<MediaStream>).getTracks === 'function';
    this.#refused = isStream ? undefined : srcObject;
    if (!isStream) this.#listener.failed(valueError('srcObject', srcObject, 'a MediaStream, or null', TypeError));
    else this.#setStream(srcObject);
  }

  #setStream(stream: MediaStream | null): void {
    for (const track of this.#streamTracks) this.#latest.remove(track);
    this.#streamTracks = [];
    this.#stream = stream;
    this.#followStream();
  }

  /** Takes one live track of each kind, now and after each event of the stream or of a track. */
  #followStream(): void {
    this.#following?.abort();
    const stream = this.#stream;
    if (!stream) return;
    this.#following = new AbortController();
    const { signal } = this.#following;
    const follow = () => this.#followStream();
    for (const type of ['addtrack', 'removetrack']) stream.addEventListener(type, follow, { signal });
    const live = stream.getTracks().filter(({ readyState }) => readyState === 'live');
    for (const track of live) track.addEventListener('ended', follow, { signal });
    const previous = this.#streamTracks;
    // The order of a stream's tracks may differ from call to call, so a track that is in use is kept.
    const candidates = [...previous.filter((track) => live.includes(track)), ...live];
    const chosen = live.filter((track) => track === candidates.find(({ kind }) => kind === track.kind));
    this.#streamTracks = chosen;
    for (const track of previous) if (!chosen.includes(track)) this.#latest.remove(track);
    for (const track of chosen) if (!previous.includes(track)) this.#latest.add(track, stream);
  }
}
