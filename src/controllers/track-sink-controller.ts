import { ContextProvider } from '@lit/context';
import type { ReactiveControllerHost } from '@lit/reactive-element';
import type { TrackKind } from '../signals/track-kind.js';
import { LatestTrackByKind } from '../sinks/latest-track-by-kind.js';
import { sinkContext, type TrackSink } from '../sinks/track-sink.js';

/**
 * Makes an element a sink with one track of each kind: the track of the source that came last. Sources inside the element
 * find it by the context protocol, others by its id. It is a context provider, and so a `ReactiveController`.
 *
 * ```ts
 * readonly #sink = new TrackSinkController(this, (kind, track) => this.#peer.setTrack(kind, track));
 * addTrack(track: MediaStreamTrack, source: HTMLElement) { this.#sink.addTrack(track, source); }
 * removeTrack(track: MediaStreamTrack) { this.#sink.removeTrack(track); }
 * ```
 */
export class TrackSinkController extends ContextProvider<typeof sinkContext> implements TrackSink {
  readonly #latest: LatestTrackByKind;
  readonly #tracks = new Map<TrackKind, MediaStreamTrack>();

  /** @param onChange Called with the new track of a kind; `null` when there is none left. */
  constructor(
    host: ReactiveControllerHost & HTMLElement & TrackSink,
    onChange: (kind: TrackKind, track: MediaStreamTrack | null) => void,
  ) {
    super(host, { context: sinkContext, initialValue: host });
    this.#latest = new LatestTrackByKind((kind) => {
      const track = this.#latest.current(kind);
      if (track === (this.#tracks.get(kind) ?? null)) return;
      if (track) this.#tracks.set(kind, track);
      else this.#tracks.delete(kind);
      onChange(kind, track);
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
    this.#latest.add(track, source);
  }

  removeTrack(track: MediaStreamTrack): void {
    this.#latest.remove(track);
  }
}
