import { ContextProvider } from '@lit/context';
import type { ReactiveControllerHost } from '@lit/reactive-element';
import { LatestTrackByKind } from '../sinks/latest-track-by-kind.js';
import { sinkContext, type TrackSink } from '../sinks/track-sink.js';

/**
 * What makes an element a sink: sources that stand inside find it by the context protocol, others by its id. It has one
 * track a kind at a time.
 *
 * ```ts
 * readonly #intake = new TrackSinkController(this, (kind, track) => this.#peer.setTrack(kind, track));
 * addTrack(track: MediaStreamTrack, source: HTMLElement) { this.#intake.addTrack(track, source); }
 * ```
 */
export class TrackSinkController implements TrackSink {
  readonly #places: LatestTrackByKind;
  readonly #tracks = new Map<string, MediaStreamTrack>();

  /** @param changed Called with what a kind's track is from now on. */
  constructor(
    host: ReactiveControllerHost & HTMLElement & TrackSink,
    changed: (kind: 'video' | 'audio', track: MediaStreamTrack | null) => void,
  ) {
    this.#places = new LatestTrackByKind((kind) => {
      const track = this.#places.holder(kind);
      if (track === this.#tracks.get(kind)) return;
      if (track) this.#tracks.set(kind, track);
      else this.#tracks.delete(kind);
      changed(kind as 'video' | 'audio', track ?? null);
    });
    new ContextProvider(host, { context: sinkContext, initialValue: host });
  }

  /** What comes in: at most one track a kind. */
  get tracks(): readonly MediaStreamTrack[] {
    return [...this.#tracks.values()];
  }

  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#places.add(track, source);
  }

  removeTrack(track: MediaStreamTrack): void {
    this.#places.remove(track);
  }
}
