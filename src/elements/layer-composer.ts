import type { Layer } from '../controllers/layer-controller.js';
import type { AudioComposition, AudioLayer, VideoComposition, VideoLayer } from '../engine/composition.js';
import type { LayerError } from '../engine/page/playback.js';
import { wallOrigin } from '../engine/wall-clock.js';
import { now, pageOrigin, Timeline } from '../generator/timeline.js';
import { checkNumber } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';

/** A composition, and the layers that could not be described. */
export interface Composed<C> {
  readonly composition: C;
  readonly errors: readonly LayerError[];
}

/** Composes the sources inside an element: patterns into a picture, tones into a sum. */
export class LayerComposer {
  readonly #host: string;
  /** Since when paused layers are held, in milliseconds of `now()`. */
  readonly #heldSince = new WeakMap<Layer, number>();

  /** @param host The name of the element, for errors. */
  constructor(host: string) {
    this.#host = host;
  }

  /** Patterns, painted over each other in a frame. */
  composeVideo(layers: readonly Layer[], frame: Omit<VideoComposition, 'layers'>): Composed<VideoComposition> {
    const { width, height, frameRate } = frame;
    const described = describeAll(layers, (layer) => {
      const { signal, x, y, opacity, ...rest } = this.#describe(layer, 'video') as VideoLayer;
      checkNumber('x', x);
      checkNumber('y', y);
      checkNumber('opacity', opacity);
      const { element } = layer;
      return {
        ...rest,
        x,
        y,
        opacity,
        signal: {
          ...signal,
          frameRate,
          ...(!element.hasAttribute('width') && { width }),
          ...(!element.hasAttribute('height') && { height }),
        },
        muted: element.muted,
        ...this.#heldAt(layer, new Timeline(frameRate, pageOrigin())),
      };
    });
    return { composition: { ...frame, layers: described.layers }, errors: described.errors };
  }

  /** Tones, summed in a format. */
  composeAudio(
    layers: readonly Layer[],
    format: Omit<AudioComposition, 'layers' | 'wallOrigin'>,
  ): Composed<AudioComposition> {
    const { sampleRate, channels } = format;
    const described = describeAll(layers, (layer) => {
      const { signal, gain, pan, ...rest } = this.#describe(layer, 'audio') as AudioLayer;
      checkNumber('gain', gain);
      checkNumber('pan', pan);
      const muted = layer.element.muted || isHeld(layer);
      return { ...rest, gain, pan, signal: { ...signal, sampleRate, channels }, muted };
    });
    return {
      composition: { ...format, layers: described.layers, wallOrigin: wallOrigin() },
      errors: described.errors,
    };
  }

  /** @throws {TypeError} for a source of the other kind. */
  #describe(layer: Layer, kind: TrackKind): VideoLayer | AudioLayer {
    const { localName, kind: layerKind } = layer.element;
    if (layerKind === kind || layerKind === null) return layer.describe(kind);
    throw new TypeError(`A ${localName} is inside a ${this.#host} of kind "${kind}", which takes ${kind} only.`);
  }

  /** The frame at which a paused layer is held. */
  #heldAt(layer: Layer, timeline: Timeline): { heldAt?: number } {
    if (!isHeld(layer)) {
      this.#heldSince.delete(layer);
      return {};
    }
    const since = this.#heldSince.get(layer) ?? now();
    this.#heldSince.set(layer, since);
    return { heldAt: timeline.numberAt(since) };
  }
}

const isHeld = ({ element }: Layer): boolean => element.paused && !element.pausesItself;

/** Describes the layers that can be described, and says what is wrong with the others. */
function describeAll<L>(
  layers: readonly Layer[],
  describe: (layer: Layer) => L,
): { readonly layers: L[]; readonly errors: LayerError[] } {
  const errors: LayerError[] = [];
  const described = layers.flatMap((layer) => {
    try {
      return [describe(layer)];
    } catch (error) {
      errors.push({ id: layer.id, error: error as Error });
      return [];
    }
  });
  return { layers: described, errors };
}
