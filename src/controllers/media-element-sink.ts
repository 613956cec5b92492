import { hasNative } from '../generator/backend.js';
import type { TrackSink } from './sink.js';

/**
 * A `<video>` or `<audio>` as a sink: one `MediaStream`, in it one track a kind. The source that came last holds the
 * place, and the one before gets it back. It is never told to play.
 */
export class MediaElementSink implements TrackSink {
  readonly #element: HTMLMediaElement;
  readonly #stream = new MediaStream();
  /** In the order in which the sources came. */
  readonly #entries: Entry[] = [];

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
    const entry = this.#entries.find((each) => each.source === source && each.kind === track.kind);
    if (entry) entry.track = track;
    else this.#entries.push({ source, kind: track.kind, track });
    this.#show(track.kind);
  }

  removeTrack(track: MediaStreamTrack): void {
    const entry = this.#entries.find((each) => each.track === track);
    if (!entry) return;
    // A source that changes its track gives the new one in the same task, and keeps its place.
    entry.track = null;
    queueMicrotask(() => {
      if (entry.track || !this.#entries.includes(entry)) return;
      this.#entries.splice(this.#entries.indexOf(entry), 1);
      this.#show(entry.kind);
    });
  }

  #show(kind: string): void {
    const wanted = this.#entries.findLast((entry) => entry.kind === kind && entry.track)?.track;
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

interface Entry {
  readonly source: HTMLElement;
  readonly kind: string;
  /** `null` between the old track and the new. */
  track: MediaStreamTrack | null;
}

const sinks = new WeakMap<HTMLMediaElement, MediaElementSink>();
