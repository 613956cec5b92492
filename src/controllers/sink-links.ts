import { ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { observeIds } from '../sinks/id-observer.js';
import { MediaElementSink } from '../sinks/media-element-sink.js';
import { isSink, sinkContext, type TrackSink } from '../sinks/track-sink.js';

/** What links a source to its sinks. */
export interface SinkLinksHost extends ReactiveControllerHost, HTMLElement {
  /** Ids of sinks in the host's root, space separated. */
  readonly htmlFor: string;
  /** Wins over the ids. */
  readonly sinks: readonly Element[] | null;
  /** The tracks to give. */
  readonly tracks: readonly MediaStreamTrack[];
}

/** What the links have to know of the pictures on a track. */
export interface Pictures {
  /** Whether one has passed, so that a media element that gets the track has one to show. */
  passed(track: MediaStreamTrack): boolean;
  /** Shows the last one once more, for a viewer who has just come. */
  again(): void;
}

/**
 * Keeps the sinks of a source: those that it names by id or by element, also ones that come later, and the sink element
 * that it stands in. Each has the source's tracks as long as both are there.
 */
export class SinkLinks implements ReactiveController {
  readonly #host: SinkLinksHost;
  readonly #pictures: Pictures;
  readonly #given = new Map<TrackSink, readonly MediaStreamTrack[]>();
  /** The sink element that the host stands in, by the context protocol. */
  #around: TrackSink | null = null;
  #leaveSink: (() => void) | undefined;
  #forgetIds: (() => void) | null = null;
  #connected = false;

  constructor(host: SinkLinksHost, pictures: Pictures) {
    this.#host = host;
    this.#pictures = pictures;
    host.addController(this);
  }

  hostConnected(): void {
    this.#ask();
    // A sink that is upgraded after its sources, or that came between, announces itself.
    this.#host.ownerDocument.addEventListener('context-provider', this.#ask);
    this.#connected = true;
    this.#forgetIds?.();
    this.#forgetIds = observeIds(this.#host.getRootNode(), () => this.update());
    if (document.readyState !== 'complete') addEventListener('load', this.update, { once: true });
    this.update();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#leaveSink?.();
    this.#leaveSink = undefined;
    this.#around = null;
    this.#host.ownerDocument.removeEventListener('context-provider', this.#ask);
    this.#forgetIds?.();
    this.#forgetIds = null;
    removeEventListener('load', this.update);
  }

  /** To be called when anything has changed that decides who has which track. */
  readonly update = (): void => {
    const { tracks } = this.#host;
    const sinks = tracks.length > 0 ? this.#sinks() : [];
    // All that leaves before all that comes: a sink that is there twice, or a new track, sees both in one task.
    for (const [sink, given] of [...this.#given]) {
      const kept = sinks.includes(sink) ? given.filter((track) => tracks.includes(track)) : [];
      if (kept.length > 0) this.#given.set(sink, kept);
      else this.#given.delete(sink);
      for (const track of given) if (!kept.includes(track)) sink.removeTrack(track);
    }
    for (const sink of sinks) {
      for (const track of tracks) {
        const given = this.#given.get(sink) ?? [];
        if (given.includes(track) || this.#tooEarly(sink, track)) continue;
        this.#given.set(sink, [...given, track]);
        sink.addTrack(track, this.#host);
        this.#pictures.again();
      }
    }
  };

  readonly #ask = (announced?: Event): void => {
    if (announced && (announced as Event & { context: unknown }).context !== sinkContext) return;
    const answer = (sink: TrackSink, leave?: () => void) => {
      if (leave !== this.#leaveSink) this.#leaveSink?.();
      this.#leaveSink = leave;
      this.#around = sink;
      this.update();
    };
    this.#host.dispatchEvent(new ContextEvent(sinkContext, this.#host, answer, true));
  };

  /** A media element whose stream has no picture yet holds back the page's load event in Chromium. */
  #tooEarly(sink: TrackSink, track: MediaStreamTrack): boolean {
    return sink instanceof MediaElementSink && document.readyState !== 'complete' && !this.#pictures.passed(track);
  }

  #sinks(): TrackSink[] {
    if (!this.#connected && !this.#host.sinks) return [...this.#given.keys()];
    const found = (this.#host.sinks ?? this.#named()).flatMap((element) => this.#asSink(element) ?? []);
    return [...new Set(this.#around ? [...found, this.#around] : found)];
  }

  #named(): Element[] {
    const root = this.#host.getRootNode() as Document | ShadowRoot | Element;
    const ids = this.#host.htmlFor.split(/\s+/).filter(Boolean);
    return ids.flatMap((id) => root.querySelector(`#${CSS.escape(id)}`) ?? []);
  }

  #asSink(element: Element): TrackSink | null {
    // Also one of another document, whose classes are not ours.
    if ('srcObject' in element) return MediaElementSink.of(element as HTMLMediaElement);
    if (isSink(element)) return element;
    const name = element.localName;
    if (name.includes('-') && !customElements.get(name)) void customElements.whenDefined(name).then(this.update);
    return null;
  }
}
