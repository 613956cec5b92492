import type { PlanarPicture, Plane } from '../processor/planar-picture.js';

export type { PlanarPicture } from '../processor/planar-picture.js';

const PLANES = ['y', 'u', 'v'] as const;

/** A plane, and the same plane of the reference. */
interface PlanePair {
  readonly received: Plane;
  readonly reference: Plane;
  readonly width: number;
  readonly height: number;
}

function* pairsOf(received: PlanarPicture, reference: PlanarPicture): Generator<PlanePair> {
  for (const name of PLANES) {
    const shift = name === 'y' ? 0 : 1;
    const { width, height } = reference;
    yield { received: received[name], reference: reference[name], width: width >> shift, height: height >> shift };
  }
}

/** A calculation in short steps, between which other work may be done. Its last step has the result. */
export type Steps<Result> = Generator<void, Result, void>;

/** The mean squared error of all samples of two pictures of one size. FFmpeg's `psnr` calls it `mse_avg`. */
export function* meanSquaredError(received: PlanarPicture, reference: PlanarPicture): Steps<number> {
  let [sum, count] = [0, 0];
  for (const { received: a, reference: b, width, height } of pairsOf(received, reference)) {
    for (let row = 0; row < height; row++) {
      sum += rowError(a, b, row, width);
      if (row % STEP_ROWS === 0) yield;
    }
    count += width * height;
  }
  return sum / count;
}

function rowError(a: Plane, b: Plane, row: number, width: number): number {
  const [first, second] = [a.samples, b.samples];
  const end = row * a.stride + width;
  let sum = 0;
  for (let i = row * a.stride, k = row * b.stride; i < end; i++, k++) {
    const difference = first[i] - second[k];
    sum += difference * difference;
  }
  return sum;
}

/** Rows of 1920 samples take less than a tenth of a millisecond. */
const STEP_ROWS = 16;

/**
 * The structural similarity of two pictures of one size, of all planes by their number of samples. Blocks have 8 × 8 samples, and
 * overlap by half, as in FFmpeg's `ssim`.
 */
export function* structuralSimilarity(received: PlanarPicture, reference: PlanarPicture): Steps<number> {
  let [sum, count] = [0, 0];
  for (const pair of pairsOf(received, reference)) {
    sum += (yield* planeSimilarity(pair)) * pair.width * pair.height;
    count += pair.width * pair.height;
  }
  return sum / count;
}

/** The sums that the similarity of a block is made of: samples of both, squares of both, products. */
const SUMS = 4;

function* planeSimilarity(pair: PlanePair): Steps<number> {
  const [across, down] = [pair.width >> 2, pair.height >> 2];
  if (across < 2 || down < 2) return 1;
  let above = new Int32Array(across * SUMS);
  let below = new Int32Array(across * SUMS);
  sumBlocks(pair, 0, above);
  let total = 0;
  for (let row = 1; row < down; row++) {
    sumBlocks(pair, row, below);
    total += rowSimilarity(above, below);
    [above, below] = [below, above];
    yield;
  }
  return total / ((across - 1) * (down - 1));
}

/** The sum of the similarities of the blocks that two rows of sums make. */
function rowSimilarity(above: Int32Array, below: Int32Array): number {
  let total = 0;
  for (let at = 0, next = SUMS; next < above.length; at = next, next += SUMS) {
    total += blockSimilarity(
      above[at] + above[next] + below[at] + below[next],
      above[at + 1] + above[next + 1] + below[at + 1] + below[next + 1],
      above[at + 2] + above[next + 2] + below[at + 2] + below[next + 2],
      above[at + 3] + above[next + 3] + below[at + 3] + below[next + 3],
    );
  }
  return total;
}

/** The sums of each block of 4 × 4 in a row of blocks. */
function sumBlocks({ received: a, reference: b }: PlanePair, row: number, sums: Int32Array): void {
  const [ours, theirs] = [a.samples, b.samples];
  sums.fill(0);
  const width = sums.length;
  for (let line = 4 * row; line < 4 * row + 4; line++) {
    // Four samples for each four sums.
    for (let at = 0, i = line * a.stride, k = line * b.stride; at < width; at += SUMS) {
      for (const end = i + 4; i < end; i++, k++) {
        const x = ours[i];
        const y = theirs[k];
        sums[at] += x;
        sums[at + 1] += y;
        sums[at + 2] += x * x + y * y;
        sums[at + 3] += x * y;
      }
    }
  }
}

/** As FFmpeg does, with its whole constants. */
function blockSimilarity(first: number, second: number, squares: number, products: number): number {
  const variance = squares * 64 - first * first - second * second;
  const covariance = products * 64 - first * second;
  return (
    ((2 * first * second + C1) * (2 * covariance + C2)) / ((first * first + second * second + C1) * (variance + C2))
  );
}

const C1 = Math.floor(0.01 * 0.01 * 255 * 255 * 64 + 0.5);
const C2 = Math.floor(0.03 * 0.03 * 255 * 255 * 64 * 63 + 0.5);
