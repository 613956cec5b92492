import { createPicture, defaultColorSpace, type Picture } from '../signals/picture.js';
import { black, rgbToYcc, type Ycc } from '../signals/video/color.js';
import type { PatternRenderer } from '../signals/video/pattern.js';
import { checkSize, createPatternRenderer } from '../signals/video/renderer.js';
import type { VideoComposition, VideoLayer } from './composition.js';

/** Renders a composition: frame number `n` as one picture. */
export class Scene {
  readonly #layers: readonly SceneLayer[];
  /** What is behind the layers; `null` where a single one is the whole picture. */
  readonly #background: Ycc | null;
  readonly #picture: Picture;
  #keys: readonly number[] | null = null;

  /** @throws {RangeError | TypeError} for a signal that cannot be drawn. */
  constructor({ width, height, background, layers }: VideoComposition) {
    checkSize(width, height);
    // One picture has one colour space, whatever the sizes of its layers.
    const colorSpace = layers[0]?.signal.colorSpace ?? defaultColorSpace(height);
    this.#layers = layers.map((layer) => ({
      ...layer,
      renderer: createPatternRenderer({ ...layer.signal, colorSpace }),
    }));
    const [only] = this.#layers;
    const whole = only && layers.length === 1 && isWhole(only, width, height);
    this.#background = whole ? null : rgbToYcc(background ?? black, colorSpace);
    this.#picture = whole ? only.renderer.picture : createPicture(width, height, colorSpace);
  }

  get picture(): Picture {
    return this.#picture;
  }

  /** Makes `picture` frame number `n`; `false` when nothing had changed. */
  render(n: number): boolean {
    const keys = this.#layers.map(({ renderer, heldAt = n }) => renderer.key(heldAt));
    if (this.#keys?.every((key, index) => key === keys[index])) return false;
    this.#keys = keys;
    for (const { renderer, heldAt = n } of this.#layers) renderer.render(heldAt);
    if (this.#background) {
      for (const plane of planes) this.#picture[plane].fill(this.#background[plane]);
      for (const { renderer, x, y, opacity } of this.#layers) paint(renderer.picture, this.#picture, x, y, opacity);
    }
    return true;
  }
}

interface SceneLayer extends VideoLayer {
  readonly renderer: PatternRenderer;
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
