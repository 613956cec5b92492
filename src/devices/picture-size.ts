/*
 * The settings of a picture that depend on one another: width, height, their ratio, and whether the picture is as the device
 * makes it or cropped and scaled.
 */
import { distanceFrom, isCheaper } from './fitness-distance.js';
import { clamp, evenInterval, evenNeighbors, type Interval, intersect, isEmpty, isInside } from './interval.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The sizes that capabilities and constraints leave. */
export interface SizeLimits {
  readonly width: Interval;
  readonly height: Interval;
  readonly aspectRatio: Interval;
  /** `none`: native sizes only. `null`: the device does not tell it, and has all sizes. */
  readonly resizeModes: readonly (string | null)[];
}

/** The size that is wanted. Each part counts in the fitness distance. */
export interface IdealSize {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly aspectRatio?: number | undefined;
  readonly resizeModes?: readonly string[] | undefined;
}

/** The size that is taken where constraints leave the choice. */
export interface DefaultSize extends Size {
  readonly resizeMode?: string | undefined;
}

export interface ChosenSize extends Size {
  readonly resizeMode: string | null;
}

/** Ratios are equal if they are so after rounding to ten decimal places. */
const RATIO_ERROR = 5e-11;

/**
 * The size within the limits that has the least fitness distance. Among equals: one of the device's default resize mode;
 * then with the default ratio, if none is wanted; then near to the default size; then the smaller. Sides are even, as the
 * chroma planes of video need it. `null` if the limits leave none.
 */
export function chooseSize(
  limits: SizeLimits,
  ideal: IdealSize,
  defaultSize: DefaultSize,
  nativeSizes: readonly Size[],
): ChosenSize | null {
  const exact = new SizeSearch(limits, ideal, defaultSize, 0).run(nativeSizes);
  // Often no size in whole pixels has exactly the given ratio, such as 1.777. Then the ratio means all sizes whose ratio rounds
  // to it.
  const { min, max } = limits.aspectRatio;
  return exact ?? (min === max ? new SizeSearch(limits, ideal, defaultSize, 1).run(nativeSizes) : null);
}

/** Looks for the size that costs least. */
class SizeSearch {
  readonly #limits: SizeLimits;
  readonly #ideal: IdealSize;
  readonly #defaultSize: DefaultSize;
  /** In pixels of the longer side. */
  readonly #ratioSlack: number;
  /** The ratio of the default size, or the one within the limits that is nearest to it. */
  readonly #defaultRatio: number;
  #best: ChosenSize | null = null;
  /** The costs of the best size. */
  #least: readonly number[] = [];

  constructor(limits: SizeLimits, ideal: IdealSize, defaultSize: DefaultSize, ratioSlack: number) {
    this.#limits = limits;
    this.#ideal = ideal;
    this.#defaultSize = defaultSize;
    this.#ratioSlack = ratioSlack;
    this.#defaultRatio = clamp(limits.aspectRatio, defaultSize.width / defaultSize.height);
  }

  run(nativeSizes: readonly Size[]): ChosenSize | null {
    const { width: widths, resizeModes } = this.#limits;
    for (const resizeMode of resizeModes) {
      if (resizeMode !== 'none') this.#tryScaledSizes(resizeMode);
      else
        for (const { width, height } of nativeSizes) {
          const isPossible = isInside(widths, width) && isInside(this.#heightsFor(width), height);
          if (isPossible) this.#try({ width, height, resizeMode });
        }
    }
    return this.#best;
  }

  /**
   * For each width the heights that can be the best. Each cost is linear or concave in the height between its kinks, at
   * which it reaches its ideal; so the sum is least at a kink or at an end.
   */
  #tryScaledSizes(resizeMode: string | null): void {
    const ideal = this.#ideal;
    for (const width of this.#widths()) {
      if (!this.#canImprove(width, resizeMode)) continue;
      const heights = evenInterval(this.#heightsFor(width));
      if (isEmpty(heights)) continue;
      const kinks = [this.#defaultSize.height, width / this.#defaultRatio, heights.min, heights.max];
      if (ideal.height !== undefined) kinks.push(ideal.height);
      if (ideal.aspectRatio) kinks.push(width / ideal.aspectRatio);
      for (const height of new Set(kinks.flatMap((kink) => evenNeighbors(heights, kink)))) {
        this.#try({ width, height, resizeMode });
      }
    }
  }

  /** All even widths. Those that are probably the best come first, so that the others are soon too expensive. */
  *#widths(): Generator<number> {
    const widths = evenInterval(this.#limits.width);
    if (isEmpty(widths)) return;
    const { width, height, aspectRatio = this.#defaultRatio } = this.#ideal;
    yield* evenNeighbors(widths, width ?? (height === undefined ? this.#defaultSize.width : height * aspectRatio));
    for (let each = widths.min; each <= widths.max; each += 2) yield each;
  }

  /** The heights that a width leaves. */
  #heightsFor(width: number): Interval {
    const { height, aspectRatio } = this.#limits;
    const slack = this.#ratioSlack * Math.max(1, 1 / aspectRatio.max);
    const [widest, narrowest] = [aspectRatio.max + RATIO_ERROR, aspectRatio.min - RATIO_ERROR];
    const max = narrowest > 0 ? width / narrowest + slack : Number.POSITIVE_INFINITY;
    return intersect(height, { min: width / widest - slack, max });
  }

  #try(size: ChosenSize): void {
    const costs = this.#costsOf(size);
    if (this.#best && !isCheaper(costs, this.#least)) return;
    this.#best = size;
    this.#least = costs;
  }

  #costsOf({ width, height, resizeMode }: ChosenSize): number[] {
    const ideal = this.#ideal;
    const distance =
      distanceFrom(ideal.width, width) +
      distanceFrom(ideal.height, height) +
      distanceFrom(ideal.aspectRatio, width / height) +
      this.#modeDistance(resizeMode);
    const heightByRatio = width / this.#defaultRatio;
    // Half a step of 2 px is rounding.
    const keepsRatio = ideal.aspectRatio !== undefined || Math.abs(height - heightByRatio) <= 1;
    return [
      distance,
      resizeMode === null || resizeMode === this.#defaultSize.resizeMode ? 0 : 1,
      keepsRatio ? 0 : distanceFrom(heightByRatio, height),
      distanceFrom(this.#defaultSize.width, width) + distanceFrom(this.#defaultSize.height, height),
      width * height,
    ];
  }

  /** Whether a size of that width can cost less than the best one, at the best height and ratio that the limits have. */
  #canImprove(width: number, resizeMode: string | null): boolean {
    if (!this.#best) return true;
    const ideal = this.#ideal;
    const distance =
      distanceFrom(ideal.width, width) +
      leastDistance(ideal.height, this.#limits.height) +
      leastDistance(ideal.aspectRatio, this.#limits.aspectRatio) +
      this.#modeDistance(resizeMode);
    return isCheaper([distance, 0, 0, distanceFrom(this.#defaultSize.width, width), 0], this.#least);
  }

  #modeDistance(resizeMode: string | null): number {
    const { resizeModes } = this.#ideal;
    return !resizeModes || resizeMode === null || resizeModes.includes(resizeMode) ? 0 : 1;
  }
}

/** The least distance of an interval's numbers from an ideal; at most that. */
const leastDistance = (ideal: number | undefined, interval: Interval): number =>
  ideal === undefined || ideal <= 0 ? 0 : distanceFrom(ideal, clamp(interval, ideal));
