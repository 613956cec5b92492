import { type PlainError, plainError } from '../../generator/messages.js';
import { checkOneOf } from '../../signals/check-names.js';
import { checkNumber, valueError } from '../../signals/checks.js';
import { type ColorSpace, checkSize, defaultColorSpace, type Picture } from '../../signals/picture.js';
import { black, rgbToYcc, type Ycc } from '../../signals/video/color.js';
import { layPicture } from '../../signals/video/lay-picture.js';
import type { Decorate, PatternRenderer, PatternTable } from '../../signals/video/pattern.js';
import { checkColorSpace, preparing } from '../../signals/video/pattern-renderer.js';
import type { Slices } from '../../signals/video/slices.js';
import type { VideoComposition, VideoInputDescription, VideoLayer, VideoSignal } from '../composition.js';
import type { RejectedLayer } from '../messages.js';

/** Renders a composition: frame number `n` as one picture. */
export class Scene {
  readonly layers: readonly SceneLayer[];
  readonly picture: Picture;
  /** The colour behind the layers; `null` if one layer is the whole picture. */
  readonly #background: Ycc | null;
  readonly #rejected: readonly RejectedLayer[];
  #keys: readonly number[] | null = null;

  /**
   * Prepares a scene in slices. Layers of the scene before continue if their signal is the same, and if the new signal
   * cannot be rendered.
   *
   * @throws {RangeError | TypeError} for an invalid size or colour space.
   */
  static *preparing(composition: VideoComposition, context: SceneContext): Slices<Scene> {
    const { width, height, colorSpace = defaultColorSpace(height) } = composition;
    checkSize(width, height);
    checkColorSpace(colorSpace);
    const rejected: RejectedLayer[] = [];
    const layers: SceneLayer[] = [];
    for (const layer of composition.layers) {
      const old = context.before?.layers.find(({ id }) => id === layer.id);
      try {
        layers.push(yield* prepareLayer(layer, old, colorSpace, context));
      } catch (error) {
        rejected.push({ id: layer.id, error: plainError(error) });
        if (old?.renderer.picture.colorSpace === colorSpace) layers.push(old);
      }
    }
    const [only] = layers;
    const isWholePicture = only && layers.length === 1 && covers(only, width, height);
    const picture = isWholePicture ? only.renderer.picture : yield* layPicture(width, height, colorSpace);
    const background = isWholePicture ? null : rgbToYcc(composition.background ?? black, colorSpace);
    return new Scene(picture, background, layers, rejected);
  }

  private constructor(
    picture: Picture,
    background: Ycc | null,
    layers: readonly SceneLayer[],
    rejected: readonly RejectedLayer[],
  ) {
    this.picture = picture;
    this.#background = background;
    this.layers = layers;
    this.#rejected = rejected;
  }

  /** The layers that could not be prepared, and those that broke while they were rendered. */
  get rejected(): readonly RejectedLayer[] {
    const broken = this.layers.flatMap(({ id, renderer: { error } }) => (error ? { id, error } : []));
    return [...this.#rejected, ...broken.filter(({ id }) => !this.#rejected.some((other) => other.id === id))];
  }

  /**
   * Renders frame number `n` into `picture`. Returns `false` if nothing has changed.
   *
   * @param timeOf The wall-clock time of a frame, in milliseconds since 1970, for marks.
   */
  render(n: number, timeOf?: (n: number) => number): boolean {
    const keys = this.layers.map(({ renderer, firstNumber, heldAt = n }) =>
      renderer.render(firstNumber + heldAt, timeOf?.(heldAt)),
    );
    if (this.#keys?.every((key, index) => Object.is(key, keys[index]))) return false;
    this.#keys = keys;
    if (this.#background) {
      for (const plane of planes) this.picture[plane].fill(this.#background[plane]);
      for (const { renderer, x, y, opacity } of this.layers) {
        if (!renderer.error) paint(renderer.picture, this.picture, x, y, opacity);
      }
    }
    return true;
  }
}

/** The state that a scene needs besides its composition. */
export interface SceneContext {
  readonly resources: RenderResources;
  readonly before?: Scene | null;
  /** The number of the frame that is due now. */
  readonly number?: number;
  /** The page's first frame, on a timeline that follows the wall clock. */
  readonly pageStart?: number;
}

export interface RenderResources {
  readonly table: PatternTable;
  readonly decorate: Decorate | null;
  /** Default: inputs are black. */
  readonly prepareInput?: PrepareInput | null;
}

/** Makes the renderer of an input. @throws {RangeError | TypeError} for an input that is not open, or a wrong size. */
export type PrepareInput = (description: VideoInputDescription, colorSpace: ColorSpace) => Slices<PatternRenderer>;

export interface SceneLayer extends Omit<VideoLayer, 'heldAt'> {
  /** The scene's frame number that a paused layer stays at. */
  readonly heldAt: number | undefined;
  readonly renderer: LayerRenderer;
  /** Added to the scene's frame numbers. */
  readonly firstNumber: number;
}

function* prepareLayer(
  layer: VideoLayer,
  old: SceneLayer | undefined,
  colorSpace: ColorSpace,
  { resources, number = 0, pageStart = 0 }: SceneContext,
): Slices<SceneLayer> {
  const { opacity, muted = false, heldAt } = layer;
  checkNumber('opacity', opacity, { min: 0, max: 1 });
  const { animation = 'timeline', pattern } = layer.signal;
  checkOneOf('animation', ['timeline', 'wall-clock'], animation);
  const firstNumber = animation === 'wall-clock' ? 0 : -pageStart;
  // A pattern that continues keeps the frame at which it began.
  const began = old && old.signal.pattern === pattern ? old.signal.since : undefined;
  const signal = { ...layer.signal, since: began ?? number + firstNumber };
  const held = heldAt === undefined ? undefined : heldAt + pageStart;
  const renderer = old?.renderer.renders(signal, colorSpace, muted)
    ? old.renderer
    : yield* LayerRenderer.preparing(signal, colorSpace, muted, resources, firstNumber + (held ?? number));
  return { ...layer, signal, firstNumber, heldAt: held, renderer };
}

/** Renders the signal of one layer. Later scenes keep it as long as the signal stays the same. */
export class LayerRenderer {
  /** Why the signal cannot be rendered any more. */
  error: PlainError | null = null;
  readonly #renderer: PatternRenderer;
  readonly #identity: string;
  /** The key of the picture. */
  #key = Number.NaN;

  /**
   * Prepares in slices the signal, and everything that its frame `n` needs.
   *
   * @throws {TypeError | RangeError} if the signal cannot be rendered.
   */
  static *preparing(
    signal: VideoSignal,
    colorSpace: ColorSpace,
    muted: boolean,
    { table, decorate, prepareInput }: RenderResources,
    n: number,
  ): Slices<LayerRenderer> {
    checkColorSpace(signal.colorSpace);
    let making: Slices<PatternRenderer>;
    if (muted) making = blackRenderer(signal, colorSpace);
    else if (!('input' in signal)) making = preparing({ ...signal, colorSpace }, table, decorate);
    else making = (signal.input && prepareInput ? prepareInput : blackRenderer)(signal, colorSpace);
    const renderer = yield* making;
    yield* renderer.catchUp?.(n) ?? [];
    return new LayerRenderer(renderer, identityOf(signal, colorSpace, muted));
  }

  private constructor(renderer: PatternRenderer, identity: string) {
    this.#renderer = renderer;
    this.#identity = identity;
  }

  get picture(): Picture {
    return this.#renderer.picture;
  }

  renders(signal: VideoSignal, colorSpace: ColorSpace, muted: boolean): boolean {
    return this.#identity === identityOf(signal, colorSpace, muted);
  }

  /** Renders frame `n` into `picture`. Returns its key, which is `NaN` if the signal has broken. */
  render(n: number, time?: number): number {
    if (!this.error) {
      try {
        const key = this.#renderer.key(n);
        if (key !== this.#key) {
          // A page's own pattern may return anything.
          const result: unknown = this.#renderer.render(n, time);
          if (result) throw valueError('the result of render()', result, 'undefined: it draws at once', TypeError);
        }
        this.#key = key;
      } catch (error) {
        this.error = plainError(error);
        this.#key = Number.NaN;
      }
    }
    return this.#key;
  }
}

/** Ignores `since`: a layer that continues has the same identity. */
const identityOf = ({ since, ...signal }: VideoSignal, colorSpace: ColorSpace, muted: boolean): string =>
  JSON.stringify([signal, colorSpace, muted]);

function* blackRenderer({ width, height }: VideoSignal, colorSpace: ColorSpace): Slices<PatternRenderer> {
  checkSize(width, height);
  return { picture: yield* layPicture(width, height, colorSpace), key: () => 0, render: () => {} };
}

const covers = ({ x, y, opacity, signal }: SceneLayer, width: number, height: number): boolean =>
  x === 0 && y === 0 && opacity === 1 && signal.width === width && signal.height === height;

const planes = ['y', 'u', 'v'] as const;

function paint(from: Picture, to: Picture, x: number, y: number, opacity: number): void {
  for (const plane of planes) {
    const step = plane === 'y' ? 1 : 2;
    const left = (Math.floor(x / 2) * 2) / step;
    const top = (Math.floor(y / 2) * 2) / step;
    paintPlane(from[plane], from.width / step, to[plane], to.width / step, left, top, opacity);
  }
}

function paintPlane(
  from: Uint8Array,
  fromWidth: number,
  to: Uint8Array,
  toWidth: number,
  x: number,
  y: number,
  opacity: number,
): void {
  const first = Math.max(0, -x);
  const end = Math.min(fromWidth, toWidth - x);
  const rows = Math.min(from.length / fromWidth, to.length / toWidth - y);
  const share = Math.round(opacity * 256);
  if (end <= first || share <= 0) return;
  for (let row = Math.max(0, -y); row < rows; row++) {
    const source = from.subarray(row * fromWidth + first, row * fromWidth + end);
    const start = (y + row) * toWidth + x + first;
    if (share >= 256) {
      to.set(source, start);
      continue;
    }
    for (let i = 0; i < source.length; i++) {
      const behind = to[start + i];
      to[start + i] = behind + (((source[i] - behind) * share + 128) >> 8);
    }
  }
}
