import { named } from '../signals/check.js';
import { createPicture, defaultColorSpace, type Picture } from '../signals/picture.js';
import { rateValue } from '../signals/rate.js';
import { black, rgbToYcc, type Ycc } from '../signals/video/color.js';
import type { PatternRenderer, PatternTable } from '../signals/video/pattern.js';
import { checkSize, rendererFrom } from '../signals/video/renderer.js';
import type { VideoComposition, VideoLayer } from './composition.js';
import type { Refusal } from './messages.js';
import { plainError } from './plain-error.js';

/** Renders a composition: frame number `n` as one picture. */
export class Scene {
  /** The layers that cannot be drawn, and why. */
  readonly refused: readonly Refusal[];
  /** Called when a layer broke; it is left out from then on. */
  onfail: ((failure: Refusal) => void) | null = null;
  readonly layers: readonly SceneLayer[];
  /** What is behind the layers; `null` where a single one is the whole picture. */
  readonly #background: Ycc | null;
  readonly #picture: Picture;
  #keys: readonly number[] | null = null;

  /**
   * A layer that cannot be drawn goes on as it was in the scene before.
   * @throws {RangeError} for a size that no picture has.
   */
  constructor(composition: VideoComposition, { table, before, wallOrigin }: SceneContext) {
    const { width, height, background, layers, frameRate } = composition;
    checkSize(width, height);
    // One picture has one colour space, whatever the sizes of its layers.
    const colorSpace = layers[0]?.signal.colorSpace ?? defaultColorSpace(height);
    const firstFrames = [
      { name: 'timeline', n: 0 },
      { name: 'wall-clock', n: Math.round((wallOrigin * rateValue(frameRate)) / 1000) },
    ];
    const refused: Refusal[] = [];
    this.layers = layers.flatMap((layer) => {
      try {
        const renderer = rendererFrom({ ...layer.signal, colorSpace }, table);
        return [{ ...layer, renderer, first: named('animation', firstFrames, layer.signal.animation ?? 'timeline').n }];
      } catch (error) {
        refused.push({ id: layer.id, error: plainError(error) });
        const goesOn = ({ id, renderer }: SceneLayer) => id === layer.id && renderer.picture.colorSpace === colorSpace;
        const old = before?.layers.find(goesOn);
        return old ?? [];
      }
    });
    this.refused = refused;
    const [only] = this.layers;
    const whole = only && this.layers.length === 1 && isWhole(only, width, height);
    this.#background = whole ? null : rgbToYcc(background ?? black, colorSpace);
    this.#picture = whole ? only.renderer.picture : createPicture(width, height, colorSpace);
  }

  /** Whether nothing of the composition could be drawn. */
  get isEmpty(): boolean {
    return this.layers.length === 0;
  }

  get picture(): Picture {
    return this.#picture;
  }

  /** Makes `picture` frame number `n`; `false` when nothing had changed. */
  render(n: number): boolean {
    const keys = this.layers.map((layer) => this.#try(layer, () => layer.renderer.key(frameOf(layer, n))));
    if (this.#keys?.every((key, index) => key === keys[index])) return false;
    this.#keys = keys;
    for (const layer of this.layers) {
      this.#try(layer, () => {
        layer.renderer.render(frameOf(layer, n));
        return 0;
      });
    }
    if (this.#background) {
      for (const plane of planes) this.#picture[plane].fill(this.#background[plane]);
      for (const { renderer, x, y, opacity, broken } of this.layers) {
        if (!broken) paint(renderer.picture, this.#picture, x, y, opacity);
      }
    }
    return true;
  }

  /** What breaks, breaks once. */
  #try(layer: SceneLayer, work: () => number): number {
    try {
      if (!layer.broken) return work();
    } catch (error) {
      layer.broken = true;
      this.onfail?.({ id: layer.id, error: plainError(error) });
    }
    return 0;
  }
}

/** What a scene needs besides its composition. */
export interface SceneContext {
  readonly table: PatternTable;
  /** What was shown before. */
  readonly before?: Scene | null;
  /** When frame 0 of the page is due: milliseconds since 1970, by the machine's clock. */
  readonly wallOrigin: number;
}

export interface SceneLayer extends VideoLayer {
  readonly renderer: PatternRenderer;
  /** What is added to the page's frame numbers. */
  readonly first: number;
  broken?: boolean;
}

const frameOf = ({ first, heldAt }: SceneLayer, n: number): number => first + (heldAt ?? n);

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
