import { checkValue, findByName } from '../../signals/checks.js';
import { createPicture, defaultColorSpace, type Picture } from '../../signals/picture.js';
import { black, rgbToYcc, type Ycc } from '../../signals/video/color.js';
import { checkColorSpace, checkSize } from '../../signals/video/pattern-renderer.js';
import type { VideoComposition, VideoLayer } from '../composition.js';
import type { Refusal } from '../messages.js';
import { plainError } from '../posted-error.js';
import { LayerRenderer, type RenderResources } from './layer-renderer.js';

/** Renders a composition: frame number `n` as one picture. */
export class Scene {
  readonly layers: readonly SceneLayer[];
  /** What is behind the layers; `null` where a single one is the whole picture. */
  readonly #background: Ycc | null;
  readonly #picture: Picture;
  readonly #refused: readonly Refusal[];
  #keys: readonly number[] | null = null;

  /**
   * What a layer showed before goes on: where nothing but its place has changed, and where it cannot be drawn as it is
   * wanted now.
   * @throws {RangeError | TypeError} for a size that no picture has, or a colour space that there is not.
   */
  constructor(composition: VideoComposition, { means, before, number = 0, pageStart = 0 }: SceneContext) {
    const { width, height, background, layers, colorSpace = defaultColorSpace(height) } = composition;
    checkSize(width, height);
    checkColorSpace(colorSpace);
    const firstNumbers = [
      { name: 'timeline', n: -pageStart },
      { name: 'wall-clock', n: 0 },
    ];
    const refused: Refusal[] = [];
    this.layers = layers.flatMap((layer) => {
      const { id, signal, opacity } = layer;
      const old = before?.layers.find((other) => other.id === id);
      try {
        checkValue(opacity >= 0 && opacity <= 1, 'opacity', opacity, 'from 0 to 1');
        const first = findByName('animation', firstNumbers, signal.animation ?? 'timeline').n;
        const began = old?.signal.pattern === signal.pattern ? old.signal.since : undefined;
        const since = began ?? number + first;
        const same = old?.muted === layer.muted && old?.drawing.isOf(signal, colorSpace);
        const drawing = same ? old?.drawing : new LayerRenderer({ ...signal, since }, colorSpace, means, layer.muted);
        const heldAt = layer.heldAt === undefined ? undefined : layer.heldAt + pageStart;
        return { ...layer, heldAt, signal: { ...signal, since }, first, drawing: drawing as LayerRenderer };
      } catch (error) {
        refused.push({ id, error: plainError(error) });
        return old?.drawing.renderer.picture.colorSpace === colorSpace ? old : [];
      }
    });
    this.#refused = refused;
    const [only] = this.layers;
    const whole = only && this.layers.length === 1 && isWhole(only, width, height);
    this.#background = whole ? null : rgbToYcc(background ?? black, colorSpace);
    this.#picture = whole ? only.drawing.renderer.picture : createPicture(width, height, colorSpace);
  }

  /** The layers that cannot be drawn, and why: from the start, or since they broke. */
  get refused(): readonly Refusal[] {
    const broken = this.layers.flatMap(({ id, drawing: { error } }) => (error ? { id, error } : []));
    return [...this.#refused, ...broken.filter(({ id }) => !this.#refused.some((other) => other.id === id))];
  }

  get picture(): Picture {
    return this.#picture;
  }

  /** Makes `picture` frame number `n`; `false` when nothing had changed. */
  render(n: number): boolean {
    // Each key tells one picture from another; what has broken has none, and stays away.
    const keys = this.layers.map(({ drawing, first, heldAt }) => drawing.draw(first + (heldAt ?? n)));
    if (this.#keys?.every((key, index) => Object.is(key, keys[index]))) return false;
    this.#keys = keys;
    if (this.#background) {
      for (const plane of planes) this.#picture[plane].fill(this.#background[plane]);
      for (const { drawing, x, y, opacity } of this.layers) {
        if (!drawing.error) paint(drawing.renderer.picture, this.#picture, x, y, opacity);
      }
    }
    return true;
  }
}

/** What a scene needs besides its composition. */
export interface SceneContext {
  readonly means: RenderResources;
  /** What was shown before. */
  readonly before?: Scene | null;
  /** The number that is due now. */
  readonly number?: number;
  /** The frame with which the page began, where frames are numbered by the machine's clock. */
  readonly pageStart?: number;
}

export interface SceneLayer extends Omit<VideoLayer, 'heldAt'> {
  /** The scene's frame number at which it is held. */
  readonly heldAt: number | undefined;
  readonly drawing: LayerRenderer;
  /** What is added to the scene's frame numbers. */
  readonly first: number;
}

const isWhole = ({ x, y, opacity, signal }: VideoLayer, width: number, height: number): boolean =>
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
      const behind = to[start + i] as number;
      to[start + i] = behind + ((((source[i] as number) - behind) * share + 128) >> 8);
    }
  }
}
