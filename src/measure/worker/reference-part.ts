/* A part of the worker that measures: it renders the pictures with which received ones are compared. */
import { type FrameSamples, planesOf } from '../../processor/worker/frame-copier.js';
import { paintMark } from '../../signals/mark/paint-mark.js';
import type { PictureMark } from '../../signals/mark/picture-mark.js';
import { createPicture, type Picture } from '../../signals/picture.js';
import { framesPerSecond, type Rate } from '../../signals/rate.js';
import type { PatternRenderer } from '../../signals/video/pattern.js';
import { createPatternRenderer } from '../../signals/video/patterns.js';
import { type ColorCoding, findColorFault } from '../color-fault.js';
import type { Reference } from '../messages.js';
import { wholeNumber } from '../number-ledger.js';
import { meanSquaredError, type PlanarPicture, type Steps, structuralSimilarity } from '../picture-quality.js';
import type { PictureQuality } from '../video-measurement.js';
import type { Comparison, ProbeScope } from './probe-scope.js';

/** Compares received pictures of a pattern with those that were sent. */
class ReferenceComparison implements Comparison {
  readonly #reference: Reference;
  #renderer: PatternRenderer;
  /** The frame rate of the renderer; `null` before a mark has told it. */
  #rate: Rate | null = null;
  readonly #sent: Picture;

  constructor(reference: Reference) {
    this.#reference = reference;
    this.#renderer = createPatternRenderer(reference.pattern);
    const { width, height, colorSpace } = this.#renderer.picture;
    this.#sent = createPicture(width, height, colorSpace);
  }

  async compare(
    samples: FrameSamples,
    mark: PictureMark,
    colorSpace: VideoColorSpace,
  ): Promise<PictureQuality | string> {
    const { width, height } = this.#sent;
    const received = planesOf(samples);
    if (!received) {
      return `the pictures come in ${samples.format}, and not in I420 or NV12.`;
    }
    if (received.width !== width || received.height !== height) {
      return `the pictures come in ${received.width}x${received.height}, and the reference has ${width}x${height}.`;
    }
    if (!this.#rate || framesPerSecond(mark.rate) !== framesPerSecond(this.#rate)) {
      // A source may have changed its rate, and a reference need not have one.
      this.#rate = mark.rate;
      this.#renderer = createPatternRenderer({ ...this.#reference.pattern, frameRate: mark.rate });
    }
    // A still pattern may keep the rows that it has painted, so that the mark goes into a copy.
    this.#renderer.render(wholeNumber(mark));
    for (const plane of ['y', 'u', 'v'] as const) this.#sent[plane].set(this.#renderer.picture[plane]);
    paintMark(this.#sent, mark, this.#reference.mark);
    const reference = planarOf(this.#sent);
    const own: ColorCoding = { matrix: this.#sent.colorSpace, isFullRange: false };
    return {
      error: await inSlices(meanSquaredError(received, reference)),
      ssim: await inSlices(structuralSimilarity(received, reference)),
      color: await inSlices(findColorFault(received, { ...own, ...codingOf(colorSpace) }, reference, own)),
    };
  }
}

/** Does the steps of a calculation, and lets other work be done between slices of them. */
async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve));
    const end = performance.now() + SLICE_MS;
    for (let isOver = false; !isOver; isOver = performance.now() >= end) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }
}

const SLICE_MS = 0.7;

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
