import type { SourceState } from '../controllers/track-lifecycle.js';
import type { AudioLayer, VideoLayer } from '../engine/composition.js';

/** What a generator element is to the sources inside it. */
export interface Composer extends HTMLElement {
  readonly ready: Promise<MediaStreamTrack>;
  readonly state: SourceState;
  /** The sources inside have changed, or one of them. */
  sourcesChanged(): void;
}

/** What a source is to the generator element that it stands in. */
export interface LayerSource extends HTMLElement {
  /** Tells the source from others in a composition. */
  readonly layerId: number;
  readonly kind: 'video' | 'audio';
  readonly paused: boolean;
  readonly muted: boolean;
  /**
   * The source as a layer of a composition, with the size and the rate that it would have alone.
   * @throws {TypeError | RangeError} for an attribute that cannot be read.
   */
  layer(): VideoLayer | AudioLayer;
  /** The generator is in another state, or something is wrong with the source in it, or is right again (`null`). */
  composed(error: Error | null): void;
}

/** The generator element that an element stands in, also one that is not upgraded yet. */
export const composerOf = (element: Element): Composer | null =>
  element.parentElement?.closest<Composer>('track-generator') ?? null;
