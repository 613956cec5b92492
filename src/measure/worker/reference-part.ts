/* A part of the worker that measures: it renders the pictures with which received ones are compared. */
import { paintMark } from '../../signals/mark/paint-mark.js';
import type { PictureMark } from '../../signals/mark/picture-mark.js';
import { createPicture, type Picture } from '../../signals/picture.js';
import type { PatternRenderer } from '../../signals/video/pattern.js';
import { createPatternRenderer } from '../../signals/video/patterns.js';
import { type ColorCoding, findColorFault } from '../color-fault.js';
import type { Reference } from '../messages.js';
import { wholeNumber } from '../number-ledger.js';
import { meanSquaredError, type PlanarPicture, structuralSimilarity } from '../picture-quality.js';
import type { PictureQuality } from '../video-measurement.js';
import type { Comparison, ProbeScope } from './probe-scope.js';

/** Compares received pictures of a pattern with those that were sent. */
class ReferenceComparison implements Comparison {
  readonly #reference: Reference;
  readonly #renderer: PatternRenderer;
  readonly #sent: Picture;

  constructor(reference: Reference) {
    this.#reference = reference;
    this.#renderer = createPatternRenderer(reference.pattern);
    const { width, height, colorSpace } = this.#renderer.picture;
    this.#sent = createPicture(width, height, colorSpace);
  }

  get size(): { readonly width: number; readonly height: number } {
    return this.#sent;
  }

  compare(received: PlanarPicture, mark: PictureMark, colorSpace: VideoColorSpace): PictureQuality {
    // A still pattern may keep the rows that it has painted, so that the mark goes into a copy.
    this.#renderer.render(wholeNumber(mark));
    for (const plane of ['y', 'u', 'v'] as const) this.#sent[plane].set(this.#renderer.picture[plane]);
    paintMark(this.#sent, mark, this.#reference.mark);
    const reference = planarOf(this.#sent);
    const own: ColorCoding = { matrix: this.#sent.colorSpace, isFullRange: false };
    return {
      error: meanSquaredError(received, reference),
      ssim: structuralSimilarity(received, reference),
      color: findColorFault(received, { ...own, ...codingOf(colorSpace) }, reference, own),
    };
  }
}

const MATRICES: Readonly<Record<string, ColorCoding['matrix']>> = {
  bt709: 'bt709',
  smpte170m: 'bt601',
  bt470bg: 'bt601',
};

/** The coding of a frame, as far as it tells it. */
function codingOf({ matrix, fullRange }: VideoColorSpace): Partial<ColorCoding> {
  const known = MATRICES[matrix ?? ''];
  return { ...(known && { matrix: known }), ...(fullRange !== null && { isFullRange: fullRange }) };
}

const planarOf = ({ width, height, y, u, v }: Picture): PlanarPicture => ({
  width,
  height,
  y: { samples: y, stride: width },
  u: { samples: u, stride: width / 2 },
  v: { samples: v, stride: width / 2 },
});

export function install(scope: ProbeScope): void {
  scope.compareWith = (reference) => new ReferenceComparison(reference);
}
