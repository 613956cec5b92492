/** One picture of 8-bit samples with chroma at half the size, as a decoder gives it. */
export interface PlanarPicture {
  readonly width: number;
  readonly height: number;
  readonly y: Plane;
  readonly u: Plane;
  readonly v: Plane;
}

/** The samples of a plane, row by row. */
export interface Plane {
  readonly samples: Uint8Array;
  /** Samples from the start of a row to the start of the next one. */
  readonly stride: number;
}

const PLANES = ['y', 'u', 'v'] as const;

/** A plane together with that of the reference. */
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

/** The mean squared error of all samples of two pictures of one size. FFmpeg's `psnr` calls it `mse_avg`. */
export function meanSquaredError(received: PlanarPicture, reference: PlanarPicture): number {
  let [sum, count] = [0, 0];
  for (const { received: a, reference: b, width, height } of pairsOf(received, reference)) {
    for (let row = 0; row < height; row++) {
      const [from, other] = [row * a.stride, row * b.stride];
      let line = 0;
      for (let i = 0; i < width; i++) {
        const difference = a.samples[from + i] - b.samples[other + i];
        line += difference * difference;
      }
      sum += line;
    }
    count += width * height;
  }
  return sum / count;
}

/**
 * The structural similarity of two pictures of one size, of all planes by their number of samples. Blocks have 8 × 8 samples, and
 * overlap by half, as in FFmpeg's `ssim`.
 */
export function structuralSimilarity(received: PlanarPicture, reference: PlanarPicture): number {
  let [sum, count] = [0, 0];
  for (const pair of pairsOf(received, reference)) {
    sum += planeSimilarity(pair) * pair.width * pair.height;
    count += pair.width * pair.height;
  }
  return sum / count;
}

/** The sums that the similarity of a block is made of: samples of both, squares of both, products. */
const SUMS = 4;

function planeSimilarity(pair: PlanePair): number {
  const [across, down] = [pair.width >> 2, pair.height >> 2];
  if (across < 2 || down < 2) return 1;
  let above = new Float64Array(across * SUMS);
  let below = new Float64Array(across * SUMS);
  sumBlocks(pair, 0, above);
  let total = 0;
  for (let row = 1; row < down; row++) {
    sumBlocks(pair, row, below);
    for (let i = 0; i < across - 1; i++) {
      const sums = [0, 0, 0, 0];
      for (let k = 0; k < SUMS; k++) {
        const at = i * SUMS + k;
        sums[k] = above[at] + above[at + SUMS] + below[at] + below[at + SUMS];
      }
      const [first, second, squares, products] = sums as [number, number, number, number];
      total += blockSimilarity(first, second, squares, products);
    }
    [above, below] = [below, above];
  }
  return total / ((across - 1) * (down - 1));
}

/** The sums of each block of 4 × 4 in a row of blocks. */
function sumBlocks({ received: a, reference: b }: PlanePair, row: number, sums: Float64Array): void {
  for (let at = 0, left = 0; at < sums.length; at += SUMS, left += 4) {
    let [first, second, squares, products] = [0, 0, 0, 0];
    for (let line = 4 * row; line < 4 * row + 4; line++) {
      const [from, other] = [line * a.stride + left, line * b.stride + left];
      for (let i = 0; i < 4; i++) {
        const [x, y] = [a.samples[from + i], b.samples[other + i]];
        first += x;
        second += y;
        squares += x * x + y * y;
        products += x * y;
      }
    }
    sums[at] = first;
    sums[at + 1] = second;
    sums[at + 2] = squares;
    sums[at + 3] = products;
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
