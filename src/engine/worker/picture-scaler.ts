import type { PlanarPicture, Plane } from '../../processor/planar-picture.js';
import type { Picture } from '../../signals/picture.js';
import type { PictureFit } from '../composition.js';

/** A size, and how a picture of it is displayed. */
export interface PictureGeometry {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Width by height of the picture as it is displayed. */
  readonly aspect: number;
}

/** Scales pictures of one size into a picture of another one. */
export class PictureScaler {
  readonly #picture: Picture;
  readonly #luma: PlaneScaler;
  readonly #chroma: PlaneScaler;

  /** @param picture It draws into this one. Bars beside the picture stay as they are, so that it has to be black. */
  constructor({ width, height, aspect }: PictureGeometry, picture: Picture, fit: PictureFit) {
    this.#picture = picture;
    const [across, down] = placeOf(width, height, aspect, picture, fit);
    this.#luma = new PlaneScaler(across, down, picture.width);
    const halved = ({ source, from, span, to, length }: Axis): Axis => ({
      source: (source + 1) >> 1,
      from: from / 2,
      span: span / 2,
      to: to / 2,
      length: length / 2,
    });
    this.#chroma = new PlaneScaler(halved(across), halved(down), picture.width / 2);
  }

  /** @param planes A picture of the geometry's size. */
  scale({ y, u, v }: PlanarPicture): void {
    this.#luma.scale(y, this.#picture.y);
    this.#chroma.scale(u, this.#picture.u);
    this.#chroma.scale(v, this.#picture.v);
  }
}

/** A part of the source's samples in one direction, and the samples that it becomes. */
interface Axis {
  /** How many samples the source has. */
  readonly source: number;
  /** The first of the part, and its length, with fractions. */
  readonly from: number;
  readonly span: number;
  readonly to: number;
  readonly length: number;
}

function placeOf(
  width: number,
  height: number,
  aspect: number,
  picture: Picture,
  fit: PictureFit,
): readonly [across: Axis, down: Axis] {
  const wanted = picture.width / picture.height;
  // The share of the source that is shown, and the share of the picture that it covers.
  const [widthShare, heightShare] = [Math.min(1, aspect / wanted), Math.min(1, wanted / aspect)];
  const shown = fit === 'cover' ? [heightShare, widthShare] : [1, 1];
  const covered = fit === 'contain' ? [widthShare, heightShare] : [1, 1];
  return [
    axisOf(width, shown[0] as number, picture.width, covered[0] as number),
    axisOf(height, shown[1] as number, picture.height, covered[1] as number),
  ];
}

function axisOf(source: number, shown: number, available: number, covered: number): Axis {
  const span = source * shown;
  // Even numbers: chroma has half the samples.
  const length = Math.max(2, Math.round((available * covered) / 2) * 2);
  return { source, from: (source - span) / 2, span, to: Math.floor((available - length) / 4) * 2, length };
}

/**
 * Scales planes: each sample is the mean of those around its place, by a triangle as wide as two samples of either size. Between the two
 * directions samples have 6 bits of a fraction, so that they are rounded once.
 */
class PlaneScaler {
  readonly #across: Taps;
  readonly #down: Taps;
  readonly #left: number;
  readonly #top: number;
  readonly #stride: number;
  readonly #isCopy: boolean;
  /** A row of the source, scaled down. */
  readonly #row: Uint16Array;
  readonly #sums: Int32Array;
  /** Rows of the source, scaled across, and the numbers of those rows: a picture that becomes higher uses each of them again. */
  #upper: ScaledRow;
  #lower: ScaledRow;

  constructor(across: Axis, down: Axis, stride: number) {
    this.#across = tapsOf(across);
    this.#down = tapsOf(down);
    this.#left = across.to;
    this.#top = down.to;
    this.#stride = stride;
    this.#isCopy = isCopy(across) && isCopy(down);
    const isHigher = this.#down.count === 2;
    this.#row = new Uint16Array(isHigher ? 0 : across.source);
    this.#sums = new Int32Array(isHigher ? 0 : across.source);
    const row = () => ({ samples: new Uint16Array(isHigher ? across.length : 0), number: -1 });
    this.#upper = row();
    this.#lower = row();
  }

  scale({ samples, stride }: Plane, to: Uint8Array): void {
    const { length: width } = this.#across.first;
    const { length: height } = this.#down.first;
    const start = this.#top * this.#stride + this.#left;
    if (this.#isCopy) {
      for (let row = 0; row < height; row++) {
        to.set(samples.subarray(row * stride, row * stride + width), start + row * this.#stride);
      }
    } else if (this.#down.count === 2) {
      this.#upper.number = -1;
      this.#lower.number = -1;
      for (let row = 0; row < height; row++) this.#mixRows(samples, stride, row, to, start + row * this.#stride);
    } else {
      for (let row = 0; row < height; row++) {
        this.#scaleDown(samples, stride, row);
        scaleAcross(this.#across, this.#row, 0, to, start + row * this.#stride, 20);
      }
    }
  }

  /** A row between two of the source. */
  #mixRows(samples: Uint8Array, stride: number, row: number, to: Uint8Array, start: number): void {
    const { first, weights } = this.#down;
    const number = first[row] as number;
    if (this.#lower.number === number) [this.#upper, this.#lower] = [this.#lower, this.#upper];
    for (const [scaled, wanted] of [
      [this.#upper, number],
      [this.#lower, number + 1],
    ] as const) {
      if (scaled.number === wanted) continue;
      scaleAcross(this.#across, samples, wanted * stride, scaled.samples, 0, 8);
      scaled.number = wanted;
    }
    const upper = this.#upper.samples;
    const lower = this.#lower.samples;
    const share = weights[row * 2 + 1] as number;
    for (let column = 0, at = start; column < upper.length; column++, at++) {
      const sample = upper[column];
      to[at] = (sample * WEIGHT_SUM + (lower[column] - sample) * share + (1 << 19)) >> 20;
    }
  }

  /** A row made of several of the source: two of them in each turn. */
  #scaleDown(samples: Uint8Array, stride: number, row: number): void {
    const { first, weights, count } = this.#down;
    const sums = this.#sums;
    const to = this.#row;
    const { length } = sums;
    for (let tap = 0; tap < count; tap += 2) {
      const weight = weights[row * count + tap];
      const isLast = tap + 2 >= count;
      // Of an odd number the last one has no fellow.
      const other = tap + 1 < count ? weights[row * count + tap + 1] : 0;
      const from = (first[row] + tap) * stride;
      const below = from + (other === 0 ? 0 : stride);
      if (tap === 0) {
        for (let i = 0; i < length; i++) sums[i] = samples[from + i] * weight + samples[below + i] * other + (1 << 7);
      } else if (!isLast) {
        for (let i = 0; i < length; i++) sums[i] += samples[from + i] * weight + samples[below + i] * other;
      } else {
        for (let i = 0; i < length; i++) {
          to[i] = (sums[i] + samples[from + i] * weight + samples[below + i] * other) >> 8;
        }
      }
    }
    if (count <= 2) for (let i = 0; i < length; i++) to[i] = sums[i] >> 8;
  }
}

/** A row of the source, scaled across; −1 for none. */
interface ScaledRow {
  readonly samples: Uint16Array;
  number: number;
}

/** Scales a row, and leaves out so many bits of a fraction. */
function scaleAcross(
  { first, weights, count, pairs }: Taps,
  row: Uint8Array | Uint16Array,
  from: number,
  to: Uint8Array | Uint16Array,
  start: number,
  bits: number,
): void {
  const { length } = first;
  const half = bits === 20 ? 1 << 19 : 1 << 7;
  if (count === 2) {
    for (let column = 0; column < length; column++) {
      const pair = pairs[column];
      const at = from + (pair >> PAIR_BITS);
      const sample = row[at];
      to[start + column] = (sample * WEIGHT_SUM + (row[at + 1] - sample) * (pair & PAIR_MASK) + half) >> bits;
    }
    return;
  }
  for (let column = 0, weight = 0; column < length; column++) {
    let sum = half;
    for (let end = weight + count, at = from + first[column]; weight < end; weight++, at++) {
      sum += row[at] * weights[weight];
    }
    to[start + column] = sum >> bits;
  }
}

const isCopy = ({ from, span, length }: Axis): boolean => from === 0 && span === length;

/** For each sample the samples of the source that it is made of, and their weights, whose sum is 2¹⁴. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: Int32Array;
  /** How many belong to each sample. */
  readonly count: number;
  /** If there are two: the first of them, and the weight of the second, in one number. */
  readonly pairs: Int32Array;
}

const WEIGHT_SUM = 1 << 14;
const PAIR_BITS = 15;
const PAIR_MASK = (1 << PAIR_BITS) - 1;

function tapsOf({ source, from, span, length }: Axis): Taps {
  const step = span / length;
  const reach = Math.max(1, step);
  const count = Math.min(source, Math.ceil(2 * reach));
  const first = new Int32Array(length);
  const weights = new Int32Array(length * count);
  for (let i = 0; i < length; i++) {
    const center = from + (i + 0.5) * step - 0.5;
    const start = Math.min(source - count, Math.max(0, Math.floor(center - reach) + 1));
    // Beyond the edges the outermost samples continue.
    const shares = new Float64Array(count);
    for (let at = Math.floor(center - reach) + 1; at < center + reach; at++) {
      const index = Math.min(count - 1, Math.max(0, Math.min(source - 1, Math.max(0, at)) - start));
      shares[index] = (shares[index] as number) + Math.max(0, 1 - Math.abs(at - center) / reach);
    }
    const sum = shares.reduce((total, share) => total + share, 0);
    let rest = WEIGHT_SUM;
    let largest = 0;
    shares.forEach((share, tap) => {
      const weight = Math.round((share / sum) * WEIGHT_SUM);
      weights[i * count + tap] = weight;
      rest -= weight;
      if (share > (shares[largest] as number)) largest = tap;
    });
    // Flat colours stay what they are.
    weights[i * count + largest] += rest;
    first[i] = start;
  }
  const pairs = first.map((start, i) => (start << PAIR_BITS) | (count === 2 ? (weights[i * 2 + 1] as number) : 0));
  return { first, weights, count, pairs };
}
