import { hasNative } from '../generator/page/backend.js';
import { LatestTrackByKind } from './latest-track-by-kind.js';
import type { TrackSink } from './track-sink.js';

/** A `<video>` or `<audio>` as a sink: one `MediaStream`, in it one track a kind. It is never told to play. */
export class MediaElementSink implements TrackSink {
  readonly #element: HTMLMediaElement;
  readonly #stream = new MediaStream();
  readonly #places = new LatestTrackByKind((kind) => this.#show(kind));

  private constructor(element: HTMLMediaElement) {
    this.#element = element;
  }

  /** The one sink of a media element. */
  static of(element: HTMLMediaElement): MediaElementSink {
    const sink = sinks.get(element) ?? new MediaElementSink(element);
    sinks.set(element, sink);
    return sink;
  }

  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#places.add(track, source);
  }

  removeTrack(track: MediaStreamTrack): void {
    this.#places.remove(track);
  }

  #show(kind: string): void {
    const wanted = this.#places.holder(kind);
    const shown = this.#stream.getTracks().find((track) => track.kind === kind);
    if (wanted !== shown) {
      if (shown) this.#stream.removeTrack(shown);
      if (wanted) this.#stream.addTrack(wanted);
    }
    const element = this.#element;
    // Only Chromium takes a track in place: Firefox stays on the last picture of the one before, WebKit may see none.
    const anew = wanted && wanted !== shown && (shown || kind === 'video') && !hasNative();
    if (this.#stream.getTracks().length === 0) {
      if (element.srcObject === this.#stream) element.srcObject = null;
    } else if (element.srcObject !== this.#stream || anew) {
      if (element.srcObject && element.srcObject !== this.#stream) {
        console.warn('track-elements: a source replaces the srcObject of', element);
      }
      element.srcObject = this.#stream;
    }
  }
}

const sinks = new WeakMap<HTMLMediaElement, MediaElementSink>();
