import type { PropertyDeclarations } from '@lit/reactive-element';
import type { AudioComposition, AudioLayer, Composition, VideoComposition, VideoLayer } from '../engine/composition.js';
import { ComposedGenerator } from '../engine/page/composed-generator.js';
import type { LayerError } from '../engine/page/playback.js';
import { wallOrigin } from '../engine/wall-clock.js';
import type { AudioInput, TrackGeneratorInit, VideoInput, WriteOptions } from '../generator/page/track-generator.js';
import { now, pageOrigin, Timeline } from '../generator/timeline.js';
import type { ColorSpace } from '../signals/picture.js';
import { parseRate } from '../signals/rate.js';
import { rateConverter, resolveColor } from './attributes.js';
import { type Composer, composerOf, type LayerSource } from './layer-host.js';
import { SourceElement } from './source-element.js';

/**
 * A track of your own frames or samples, in every browser; or of the sources that stand inside, composed in one track.
 *
 * ```html
 * <track-generator id="mine" kind="video" for="screen"></track-generator>
 * <script type="module">
 *   await mine.write(canvas);
 *   peer.addTrack(mine.track, mine.stream);
 * </script>
 * ```
 *
 * @summary A track of your own frames or samples.
 * @tag track-generator
 * @slot - Sources: pictures are painted in this order, sounds are summed.
 */
export class TrackGeneratorElement extends SourceElement<ComposedGenerator> implements Composer {
  static override properties: PropertyDeclarations = {
    kind: { type: String, reflect: true },
    width: { type: Number, reflect: true, useDefault: true },
    height: { type: Number, reflect: true, useDefault: true },
    frameRate: { reflect: true, attribute: 'frame-rate', useDefault: true, converter: rateConverter },
    background: { type: String, reflect: true, useDefault: true },
    colorSpace: { type: String, reflect: true, attribute: 'color-space', useDefault: true },
    sampleRate: { type: Number, reflect: true, attribute: 'sample-rate', useDefault: true },
    channels: { type: Number, reflect: true, useDefault: true },
    limiter: { type: Boolean, reflect: true },
  };

  /** `video` or `audio`; required. */
  declare kind: 'video' | 'audio' | null;
  /** Pixels, even: what sources inside are composed at. Written frames keep their own size. */
  declare width: number;
  /** Pixels, even: what sources inside are composed at. */
  declare height: number;
  /** Frames a second at which sources inside are composed: a number or a fraction such as `30000/1001`. */
  declare frameRate: number | string;
  /** A CSS color behind the sources inside. */
  declare background: string;
  /** `bt601` or `bt709`: how the colours of what is composed are coded; by the height unless given. */
  declare colorSpace: ColorSpace | '';
  /**
   * Hertz, 3000 to 384000: of the track, and of written samples that carry no rate of their own. For what is written, a
   * change counts from the next start.
   */
  declare sampleRate: number;
  /**
   * Channels of the track, 1 to 8; 0 for those of what is written, or 2 where sources are inside. For what is written, a
   * change counts from the next start.
   */
  declare channels: number;
  /**
   * Keeps the sum of the sources inside at −1 dBFS: all channels are turned down at once where it would be louder, and
   * come back smoothly. What is not too loud is not changed.
   */
  declare limiter: boolean;

  #composed = false;
  #scheduled = false;
  /** Since when paused sources inside are held. */
  readonly #held = new WeakMap<LayerSource, number>();
  /** The newest composition's sources, and what is wrong with single ones. */
  #sources: readonly LayerSource[] = [];
  #errors: readonly LayerError[] = [];
  #compositions = 0;

  constructor() {
    super();
    this.kind = null;
    this.width = 1280;
    this.height = 720;
    this.frameRate = 30;
    this.background = '';
    this.colorSpace = '';
    this.sampleRate = 48000;
    this.channels = 0;
    this.limiter = false;
  }

  /** A stream with the same checks as `write()`; while it is locked, `write()` rejects. `null` while there is no track. */
  get writable(): WritableStream<VideoInput | AudioInput> | null {
    return this.life.live?.generator.writable ?? null;
  }

  /**
   * Shows a picture, or plays samples after those written before. Resolves to `true` when the track has taken it, to
   * `false` when it was dropped. A `VideoFrame` or `AudioData` is closed, unless the call rejects: then it is still the
   * caller's. Anything else stays the caller's.
   * @throws {TypeError} for data of another kind, a closed frame, samples that are no numbers.
   * @throws {RangeError} for planes of a wrong length or an absurd rate.
   * @throws {DOMException} `InvalidStateError` for an empty picture, while there is no track, while sources inside feed
   * it, and while `writable` is locked; `SecurityError` for a picture of another origin.
   */
  async write(data: VideoInput | AudioInput, options?: WriteOptions): Promise<boolean> {
    const { live } = this.life;
    if (!live) {
      const message = `write() came while the track-generator was ${this.state}: start() it first.`;
      throw new DOMException(message, 'InvalidStateError');
    }
    if (this.#composed) {
      throw new DOMException(
        'write() came while the sources inside the track-generator feed it: remove them first.',
        'InvalidStateError',
      );
    }
    return live.generator.write(data, options);
  }

  /** @internal The sources inside have changed, or one of them. */
  sourcesChanged(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.applyChange();
    });
  }

  // Its track is there at once, where its kind is.
  protected override get opensAtOnce(): boolean {
    return this.kind !== null;
  }

  protected override open(): ComposedGenerator {
    const { kind, sampleRate } = this;
    if (kind !== 'video' && kind !== 'audio') {
      throw new TypeError(
        `The kind of the track-generator is ${JSON.stringify(kind)}; it is "video" or "audio": <track-generator kind="video">.`,
      );
    }
    const init: TrackGeneratorInit = { kind };
    if (kind === 'audio') {
      if (this.hasAttribute('sample-rate')) init.sampleRate = sampleRate;
      if (this.channels) init.channels = this.channels;
    }
    const live = new ComposedGenerator(init, {
      started: () => {
        this.life.started();
        this.updateSinks();
      },
      failed: (failure) => {
        this.#errors = [...this.#errors, failure];
        this.#tellSources();
      },
      ended: () => this.life.live === live && this.stop(),
      suspendChanged: () => this.life.settle(),
    });
    if (this.muted || this.paused) live.setHold({ muted: this.muted, paused: this.paused });
    this.sourcesChanged();
    return live;
  }

  protected override async change(live: ComposedGenerator): Promise<void> {
    if (live.generator.kind !== this.kind) {
      this.stop();
      await this.start();
      return;
    }
    const [composition, errors] = this.#compose();
    const composed = ++this.#compositions;
    const refused = await live.play(composition);
    // An older one that waited for a module says nothing of what plays now.
    if (composed !== this.#compositions) return;
    this.#errors = [...errors, ...refused];
    this.#tellSources();
  }

  protected override showState(): void {
    super.showState();
    this.#tellSources();
  }

  /** What is wrong with a source inside fails that source, and no other. */
  #tellSources(): void {
    // The base class tells of a state before this one's fields are there.
    for (const source of this.#sources ?? []) {
      source.composed(this.#errors.find(({ id }) => id === source.layerId)?.error ?? null);
    }
  }

  /** What the sources inside amount to, and what is wrong with those that are left out. */
  #compose(): [Composition, LayerError[]] {
    const errors: LayerError[] = [];
    const isMine = (source: LayerSource) => isLayerSource(source) && composerOf(source) === this;
    this.#sources = [...this.querySelectorAll<LayerSource>('*')].filter(isMine);
    // Also while none of them can be seen or heard.
    this.#composed = this.#sources.length > 0;
    const layersOf = <L>(layerOf: (source: LayerSource) => L | null): L[] =>
      this.#sources.flatMap((source) => {
        try {
          return layerOf(source) ?? [];
        } catch (error) {
          errors.push({ id: source.layerId, error: error as Error });
          return [];
        }
      });
    return [this.kind === 'audio' ? this.#mix(layersOf) : this.#scene(layersOf), errors];
  }

  #mix(layersOf: LayersOf): AudioComposition {
    const { sampleRate, limiter } = this;
    const channels = this.channels || 2;
    const layers = layersOf((source) => {
      const layer = this.#layerOf(source) as AudioLayer;
      const muted = source.muted || source.paused;
      return { ...layer, signal: { ...layer.signal, sampleRate, channels }, muted };
    });
    return { sampleRate, channels, layers, limiter, wallOrigin: wallOrigin() };
  }

  #scene(layersOf: LayersOf): VideoComposition {
    const { width, height } = this;
    const frameRate = parseRate(this.frameRate);
    const background = resolveColor('background', this.background, this);
    const { colorSpace } = this;
    const layers = layersOf((source) => this.#paint(source, { width, height, frameRate }));
    return { width, height, frameRate, background, ...(colorSpace && { colorSpace }), layers };
  }

  #layerOf(source: LayerSource): VideoLayer | AudioLayer {
    if (source.kind === this.kind) return checkNumbers(source.layer());
    throw new TypeError(
      `A ${source.localName} stands in a track-generator of kind "${this.kind}": that takes ${this.kind} only.`,
    );
  }

  /** A source as a layer at the generator's rate, and at its size unless it has one of its own. */
  #paint(source: LayerSource, { width, height, frameRate }: Pick<VideoComposition, 'width' | 'height' | 'frameRate'>) {
    const layer = this.#layerOf(source) as VideoLayer;
    const signal = {
      ...layer.signal,
      frameRate,
      ...(!source.hasAttribute('width') && { width }),
      ...(!source.hasAttribute('height') && { height }),
    };
    const { muted } = source;
    if (!source.paused) {
      this.#held.delete(source);
      return { ...layer, signal, muted };
    }
    const since = this.#held.get(source) ?? now();
    this.#held.set(source, since);
    return { ...layer, signal, muted, heldAt: new Timeline(frameRate, pageOrigin()).numberAt(since) };
  }
}

/** Makes layers of the sources that can be played. */
type LayersOf = <L>(layerOf: (source: LayerSource) => L | null) => L[];

/** @throws {RangeError} for a place, an opacity, a gain or a pan that is no number. */
function checkNumbers<L extends object>(layer: L): L {
  for (const [name, value] of Object.entries(layer)) {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new RangeError(`${name} is ${value}; it is a number.`);
  }
  return layer;
}

const isLayerSource = (element: Partial<LayerSource>): element is LayerSource => typeof element.layer === 'function';

declare global {
  interface HTMLElementTagNameMap {
    'track-generator': TrackGeneratorElement;
  }
}
