import { type ColorSpace, createPicture } from '../../signals/picture.js';
import type { Decorate, PatternDescription, PatternRenderer, PatternTable } from '../../signals/video/pattern.js';
import { checkColorSpace, checkSize, rendererFrom } from '../../signals/video/pattern-renderer.js';
import { type PlainError, plainError } from '../posted-error.js';

/** What signals are drawn with. */
export interface RenderResources {
  readonly table: PatternTable;
  readonly dress: Decorate | null;
}

/** A signal being drawn. It outlives the scene, for as long as a layer shows the same. */
export class LayerRenderer {
  readonly renderer: PatternRenderer;
  readonly #identity: string;
  /** What is in the picture. */
  #key = Number.NaN;
  /** Why it cannot be drawn any more. */
  error: PlainError | null = null;

  /**
   * Draws a signal in the colour space of its scene.
   * @throws {TypeError | RangeError} for what cannot be drawn.
   */
  constructor(
    signal: PatternDescription,
    colorSpace: ColorSpace,
    { table, dress }: RenderResources,
    muted: boolean | undefined,
  ) {
    checkColorSpace(signal.colorSpace);
    this.renderer = muted
      ? blackRenderer(signal.width, signal.height, colorSpace)
      : rendererFrom({ ...signal, colorSpace }, table, dress);
    this.#identity = identityOf(signal, colorSpace);
  }

  /** Whether it is the drawing of that signal. */
  isOf(signal: PatternDescription, colorSpace: ColorSpace): boolean {
    return this.#identity === identityOf(signal, colorSpace);
  }

  /** Makes the picture that of frame `n`. Tells its key; of what has broken, always the same. */
  draw(n: number): number {
    if (!this.error) {
      try {
        const key = this.renderer.key(n);
        if (key !== this.#key) {
          // What a page has written may answer anything.
          const answer: unknown = this.renderer.render(n);
          if (answer) throw new TypeError(`render() returned ${answer}; it draws at once, and returns nothing.`);
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

/** Draws black in place of a muted layer. */
function blackRenderer(width: number, height: number, colorSpace: ColorSpace): PatternRenderer {
  checkSize(width, height);
  return { picture: createPicture(width, height, colorSpace), key: () => 0, render: () => {} };
}

/** What it began with is the same drawing's affair. */
const identityOf = ({ since, ...signal }: PatternDescription, colorSpace: ColorSpace): string =>
  JSON.stringify([signal, colorSpace]);
