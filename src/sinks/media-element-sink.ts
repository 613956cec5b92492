import { hasNative } from '../generator/features.js';
import { report } from '../generator/page/report.js';
import { streamOf } from '../generator/page/tracks.js';
import { whenLoaded } from '../generator/page/when-loaded.js';
import type { TrackKind } from '../signals/track-kind.js';
import { LatestTrackByKind } from './latest-track-by-kind.js';
import type { TrackSink } from './track-sink.js';

/**
 * The key under which a media element has its sink. It is the same for every copy of the library, so that the tracks of all
 * copies come into one stream.
 */
const KEY: unique symbol = Symbol.for('track-elements/media-element-sink');

/**
 * A `<video>` or `<audio>` as a sink: its `srcObject` is one `MediaStream` with one track of each kind. The library never
 * calls `play()`.
 */
export class MediaElementSink implements TrackSink {
  readonly element: HTMLMediaElement;
  /** Whether the browser wants a user gesture before it plays the element, which has `autoplay`. */
  isBlocked?: boolean;
  /** Ends the watching for playback that the browser blocks. */
  #watching: AbortController | null = null;
  readonly #stream = streamOf([]);
  readonly #latest = new LatestTrackByKind((kind) => this.#update(kind));

  private constructor(element: HTMLMediaElement) {
    this.element = element;
  }

  /** The sink of a media element: the same one in each call. */
  static of(element: HTMLMediaElement & { [KEY]?: MediaElementSink }): MediaElementSink {
    element[KEY] ??= new MediaElementSink(element);
    return element[KEY];
  }

  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#latest.add(track, source);
    this.#watching?.abort();
    if (this.element.muted) return;
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    const warn = (error: Error) => report(source, 'warning', error);
    whenLoaded(import('./autoplay.js'), ({ warnIfBlocked }) => void warnIfBlocked(this, warn, signal));
  }

  removeTrack(track: MediaStreamTrack): void {
    this.#latest.remove(track);
  }

  #update(kind: TrackKind): void {
    const stream = this.#stream;
    const next = this.#latest.current(kind);
    const previous = stream.getTracks().find((track) => track.kind === kind) ?? null;
    if (next !== previous) {
      if (previous) stream.removeTrack(previous);
      if (next) stream.addTrack(next);
    }
    // Only Chromium shows a track that is exchanged in the stream: Firefox stays on the last picture of the one before,
    // and WebKit may show nothing.
    const needsReload =
      next && next !== previous && (previous || kind === 'video') && !hasNative('MediaStreamTrackGenerator');
    const { element } = this;
    const hasOther = element.srcObject !== stream;
    if (stream.getTracks().length === 0) {
      this.#watching?.abort();
      this.isBlocked = false;
      if (!hasOther) element.srcObject = null;
    } else if (hasOther || needsReload) {
      if (hasOther && element.srcObject) console.warn('track-elements: a source replaces the srcObject of', element);
      element.srcObject = stream;
    }
  }
}
