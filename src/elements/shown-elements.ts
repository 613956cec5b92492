import type { TrackKind } from '../signals/track-kind.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { mayDefine } from './may-define.js';

/** An element of the library that another one shows inside it. */
export interface ShownElement extends HTMLElement, TrackSink {}

/** How the elements are loaded, and the kinds of tracks that they get. */
const parts = {
  'level-meter': {
    kinds: ['audio'],
    load: async () => (await import('./level-meter-element.js')).LevelMeterElement,
  },
  'signal-scope': {
    kinds: ['audio'],
    load: async () => (await import('./signal-scope-element.js')).SignalScopeElement,
  },
  'track-probe': {
    kinds: ['video', 'audio'],
    load: async () => (await import('./track-probe-element.js')).TrackProbeElement,
  },
} as const satisfies Record<string, { kinds: readonly TrackKind[]; load(): Promise<CustomElementConstructor> }>;

/** The tag of an element that can be shown inside another one. */
export type ShownTag = keyof typeof parts;

/**
 * The elements that an element shows inside it. Each is loaded and registered when it is shown first, and gets the tracks
 * that the outer element measures.
 */
export class ShownElements {
  readonly #loaded: () => void;
  readonly #warn: (error: Error) => void;
  readonly #elements = new Map<ShownTag, ShownElement | null>();
  readonly #tracks = new Map<TrackKind, { readonly track: MediaStreamTrack; readonly source: HTMLElement }>();

  /**
   * @param loaded An element can be shown now.
   * @param warn An element did not load.
   */
  constructor(loaded: () => void, warn: (error: Error) => void) {
    this.#loaded = loaded;
    this.#warn = warn;
  }

  /** The element with this tag; `null` while it is loading. */
  get(tag: ShownTag): ShownElement | null {
    const known = this.#elements.get(tag);
    if (known !== undefined) return known;
    this.#elements.set(tag, null);
    void this.#load(tag);
    return null;
  }

  /** Gives a track of a kind to the elements, instead of the previous one; `null` takes it away. */
  setTrack(kind: TrackKind, track: MediaStreamTrack | null, source: HTMLElement): void {
    const previous = this.#tracks.get(kind);
    if (track) this.#tracks.set(kind, { track, source });
    else this.#tracks.delete(kind);
    for (const [tag, element] of this.#elements) {
      if (!(parts[tag].kinds as readonly TrackKind[]).includes(kind)) continue;
      if (previous) element?.removeTrack(previous.track);
      if (track) element?.addTrack(track, source);
    }
  }

  async #load(tag: ShownTag): Promise<void> {
    try {
      const elementClass = await parts[tag].load();
      if (mayDefine(tag, elementClass)) customElements.define(tag, elementClass);
      const element = document.createElement(tag) as HTMLElement as ShownElement;
      this.#elements.set(tag, element);
      for (const kind of parts[tag].kinds) {
        const given = this.#tracks.get(kind);
        if (given) element.addTrack(given.track, given.source);
      }
      this.#loaded();
    } catch (cause) {
      this.#warn(new DOMException(`<${tag}> did not load: ${(cause as Error).message}`, 'NetworkError'));
    }
  }
}
