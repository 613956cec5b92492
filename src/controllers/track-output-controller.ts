import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { hasTracks, report } from '../generator/page/report.js';
import { streamOf } from '../generator/page/tracks.js';
import { whenLoaded } from '../generator/page/when-loaded.js';
import { ancestorsOf, isUndefined } from '../sinks/ancestors.js';
import { MediaElementSink } from '../sinks/media-element-sink.js';
import { elementById, findWrapped, isElement, observeIds } from '../sinks/named-elements.js';
import { isSink, sinkContext, type TrackSink } from '../sinks/track-sink.js';
import { AncestorController } from './ancestor-controller.js';

/** An element that gives tracks to sinks. */
export interface TrackOutputHost extends ReactiveControllerHost, HTMLElement {
  /** Ids of sinks in the host's tree, separated by spaces. */
  readonly htmlFor: string;
  /** Sinks instead of those that `htmlFor` names. */
  readonly sinks: Iterable<Element> | null;
  readonly contentHint: string;
}

/** The frames of the tracks. */
export interface FrameSource {
  /** Whether a track has had a frame, so that a media element that gets the track has a picture to show. */
  hasFrame(track: MediaStreamTrack): boolean;
  /** Sends the last frame once more, for a sink that has just been added. */
  repeatFrame?(): void;
}

/**
 * The tracks of an element, the stream that holds them, and the sinks that get them: those named by `for`, those listed
 * in `sinks`, and the sink element around the host. Sinks are found whenever they are added, upgraded or renamed.
 *
 * ```ts
 * readonly #output = new TrackOutputController(this);
 * get stream() { return this.#output.stream; }
 * // When there is another track:
 * this.#output.set([track]);
 * ```
 */
export class TrackOutputController implements ReactiveController {
  readonly #host: TrackOutputHost;
  readonly #frames: FrameSource;
  readonly #enclosingSink: AncestorController<TrackSink>;
  readonly #given = new Map<TrackSink, readonly MediaStreamTrack[]>();
  #tracks: readonly MediaStreamTrack[] = [];
  #stream: MediaStream | null = null;
  #contentHint = '';
  #isConnected = false;
  #stopObservingIds: (() => void) | undefined;
  #lookedFor: unknown = null;
  #look: ReturnType<typeof setTimeout> | undefined;

  /** @param frames Unless given, a track counts as having a frame once it is not muted: received tracks begin muted. */
  constructor(host: TrackOutputHost, frames: FrameSource = { hasFrame: (track) => !track.muted }) {
    this.#host = host;
    this.#frames = frames;
    host.addController(this);
    this.#enclosingSink = new AncestorController(host, sinkContext, () => this.update());
  }

  get tracks(): readonly MediaStreamTrack[] {
    return this.#tracks;
  }

  /** A stream with the tracks: the same object for the element's life. `null` in the DOM of a component test. */
  get stream(): MediaStream {
    if (hasTracks()) this.#stream ??= streamOf(this.#tracks);
    return this.#stream as MediaStream;
  }

  /** The media elements that wait for a user gesture, because they are not muted. */
  get blockedSinks(): readonly HTMLMediaElement[] {
    return ([...this.#given.keys()] as MediaElementSink[]).flatMap(({ isBlocked, element }) =>
      isBlocked ? element : [],
    );
  }

  /**
   * Replaces the tracks: in the stream and in all sinks, then with `removetrack` and `addtrack` events of the host and of
   * the stream, which fires none for changes by a script.
   */
  set(tracks: readonly MediaStreamTrack[]): void {
    const removed = this.#tracks.filter((track) => !tracks.includes(track));
    const added = tracks.filter((track) => !this.#tracks.includes(track));
    this.#tracks = tracks;
    for (const track of removed) this.#stream?.removeTrack(track);
    for (const track of added) this.#stream?.addTrack(track);
    if (this.#contentHint) setContentHint(added, this.#contentHint);
    this.update();
    this.#announce('removetrack', removed);
    this.#announce('addtrack', added);
  }

  hostConnected(): void {
    this.#isConnected = true;
    this.#stopObservingIds = observeIds(this.#host.getRootNode(), this.update);
    if (document.readyState !== 'complete') addEventListener('load', this.update, { once: true });
    this.update();
    this.#lookLater();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    clearTimeout(this.#look);
    this.#lookedFor = null;
    this.#stopObservingIds?.();
    removeEventListener('load', this.update);
  }

  hostUpdated(): void {
    const { contentHint } = this.#host;
    if (contentHint !== this.#contentHint) {
      this.#contentHint = contentHint;
      setContentHint(this.#tracks, contentHint);
    }
    this.update();
    this.#lookLater();
  }

  /** Gives the tracks to sinks that lack them, and takes them from sinks that are no longer meant. */
  readonly update = (): void => {
    const tracks = this.#tracks;
    const sinks = tracks.length > 0 ? this.#findSinks() : [];
    // Removals come first, so that a sink sees the exchange of a track as removeTrack() and addTrack() in one task.
    for (const [sink, given] of [...this.#given]) {
      const kept = sinks.includes(sink) ? given.filter((track) => tracks.includes(track)) : [];
      if (kept.length > 0) this.#given.set(sink, kept);
      else this.#given.delete(sink);
      for (const track of given) if (!kept.includes(track)) this.#tell(() => sink.removeTrack(track));
    }
    for (const sink of sinks) {
      for (const track of tracks) {
        const given = this.#given.get(sink) ?? [];
        if (given.includes(track) || this.#wouldBlockLoad(sink, track)) continue;
        this.#given.set(sink, [...given, track]);
        this.#tell(() => sink.addTrack(track, this.#host));
        this.#frames.repeatFrame?.();
      }
    }
  };

  /** Reports the error of a sink that throws, so that the other sinks still get their tracks. */
  #tell(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      report(this.#host, 'error', error as Error);
    }
  }

  /**
   * Looks once, a while after the host was connected, or after `for` or `sinks` was set: whether these name only sinks, and
   * whether the host is inside an element that is not defined, or has elements inside that a page shows.
   */
  #lookLater(): void {
    const { htmlFor, sinks } = this.#host;
    const meaning = sinks ?? htmlFor;
    if (!this.#isConnected || !hasTracks() || meaning === this.#lookedFor) return;
    this.#lookedFor = meaning;
    clearTimeout(this.#look);
    this.#look = setTimeout(() => {
      // A player may have made its media element in a shadow tree, and there is no event for changes in a shadow tree.
      this.update();
      const host = this.#host;
      const others = this.#meant().filter((each) => !this.#sinkOf(each));
      const inside = [...host.querySelectorAll(SHOWN)];
      const around = ancestorsOf(host);
      if (others.length + inside.length === 0 && !around.some(isUndefined)) return;
      whenLoaded(import('../sinks/misplaced.js'), ({ misplaced }) => {
        for (const error of misplaced(host, others, around, inside)) report(host, 'warning', error);
      });
    }, SINK_WAIT_MS);
  }

  /** In Chromium a media element whose stream has not had a frame holds back the page's load event. */
  #wouldBlockLoad(sink: TrackSink, track: MediaStreamTrack): boolean {
    return 'element' in sink && document.readyState !== 'complete' && !this.#frames.hasFrame(track);
  }

  #findSinks(): TrackSink[] {
    // A host that was removed, or is being moved, keeps its sinks until it is stopped or connected again.
    if (!this.#isConnected && !this.#host.sinks) return [...this.#given.keys()];
    const found = this.#meant().flatMap((each) => this.#sinkOf(each) ?? []);
    const enclosing = this.#enclosingSink.value;
    return [...new Set(enclosing ? [...found, enclosing] : found)];
  }

  /** The elements that are meant to get the tracks, and ids that no element has. */
  #meant(): readonly (Element | string)[] {
    const { htmlFor, sinks } = this.#host;
    if (sinks) return isElementList(sinks) ? [...sinks] : [];
    const ids = htmlFor.split(/\s+/).filter(Boolean);
    return ids.map((id) => elementById(this.#host, id) ?? id);
  }

  #sinkOf(element: Element | string): TrackSink | null {
    if (isSink(element)) return element;
    if (typeof element === 'string') return null;
    // Before its definition, a custom element may already have properties of a media element.
    if (!element.matches(':defined')) {
      void customElements.whenDefined(element.localName).then(this.update);
      return null;
    }
    // Not by instanceof: a media element of another document has another class. Players such as Video.js give the id of a
    // media element to a wrapper.
    const media = 'srcObject' in element ? element : findWrapped(element, 'video,audio');
    return media && MediaElementSink.of(media as HTMLMediaElement);
  }

  #announce(type: 'addtrack' | 'removetrack', tracks: readonly MediaStreamTrack[]): void {
    for (const track of tracks) {
      this.#stream?.dispatchEvent(new MediaStreamTrackEvent(type, { track }));
      this.#host.dispatchEvent(new MediaStreamTrackEvent(type, { track }));
    }
  }
}

/** Elements that a page shows. They are misplaced inside an element that shows nothing. */
const SHOWN = 'video,audio,button,form,main,h1,h2';

/** A sink that is made later than this is first reported as missing, and gets its tracks when it is added. */
const SINK_WAIT_MS = 2000;

/** Whether a value can be used as `sinks`. */
export const isElementList = (value: unknown): value is Iterable<Element> =>
  Symbol.iterator in Object(value) && [...(value as Iterable<unknown>)].every(isElement);

/** Firefox has no content hints. */
function setContentHint(tracks: readonly MediaStreamTrack[], hint: string): void {
  for (const track of tracks) if ('contentHint' in track) track.contentHint = hint;
}
