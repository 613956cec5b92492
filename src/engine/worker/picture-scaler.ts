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

  /** @param picture The picture to draw into. It has to be black, because the bars beside the scaled picture are not painted. */
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
 * Scales planes: each sample is the mean of those around its place, by a triangle as wide as two samples of either size. Rows are scaled
 * across, and then mixed; between the two, samples have 6 bits of a fraction, so that they are rounded once.
 */
class PlaneScaler {
  readonly #across: Taps;
  readonly #down: Taps;
  readonly #left: number;
  readonly #top: number;
  readonly #stride: number;
  readonly #isCopy: boolean;
  /** The last rows of the source, scaled across: several rows are made of each of them. */
  readonly #rows: readonly ScaledRow[];
  readonly #sums: Int32Array;

  constructor(across: Axis, down: Axis, stride: number) {
    this.#across = tapsOf(across);
    this.#down = tapsOf(down);
    this.#left = across.to;
    this.#top = down.to;
    this.#stride = stride;
    this.#isCopy = isCopy(across) && isCopy(down);
    const { count } = this.#down;
    this.#rows = Array.from({ length: count }, () => ({ samples: new Uint16Array(across.length), number: -1 }));
    this.#sums = new Int32Array(count > 2 ? across.length : 0);
  }

  scale({ samples, stride }: Plane, to: Uint8Array): void {
    const { length: width } = this.#across.first;
    const { length: height } = this.#down.first;
    const start = this.#top * this.#stride + this.#left;
    if (this.#isCopy) {
      for (let row = 0; row < height; row++) {
        to.set(samples.subarray(row * stride, row * stride + width), start + row * this.#stride);
      }
      return;
    }
    for (const row of this.#rows) row.number = -1;
    for (let row = 0; row < height; row++) this.#mixRows(samples, stride, row, to, start + row * this.#stride);
  }

  #mixRows(samples: Uint8Array, stride: number, row: number, to: Uint8Array, start: number): void {
    const { first, weights, count } = this.#down;
    const number = first[row] as number;
    const weight = row * count;
    if (count <= 2) {
      const upper = this.#rowAt(samples, stride, number);
      const lower = count === 2 ? this.#rowAt(samples, stride, number + 1) : upper;
      mixPair(upper, lower, count === 2 ? (weights[weight + 1] as number) : 0, to, start);
      return;
    }
    // Two in each turn. Of an odd number the last one has no fellow.
    const sums = this.#sums.fill(1 << 19);
    for (let tap = 0; tap < count; tap += 2) {
      const isPair = tap + 1 < count;
      const upper = this.#rowAt(samples, stride, number + tap);
      const lower = isPair ? this.#rowAt(samples, stride, number + tap + 1) : upper;
      addPair(upper, lower, weights[weight + tap] as number, isPair ? (weights[weight + tap + 1] as number) : 0, sums);
    }
    for (let column = 0, at = start; column < sums.length; column++, at++) to[at] = sums[column] >> 20;
  }

  /** A row of the source, scaled across. */
  #rowAt(samples: Uint8Array, stride: number, number: number): Uint16Array {
    const row = this.#rows[number % this.#rows.length] as ScaledRow;
    if (row.number !== number) scaleAcross(this.#across, samples, number * stride, row.samples);
    row.number = number;
    return row.samples;
  }
}

/** A row of the source, scaled across; −1 for none. */
interface ScaledRow {
  readonly samples: Uint16Array;
  number: number;
}

/*
 * These are the innermost loops. Constants of a module would cost a check in each turn, so the numbers are written here:
 * weights have 14 bits. A plain product could be larger than 32 bits, as far as the browser knows.
 */

function mixPair(upper: Uint16Array, lower: Uint16Array, share: number, to: Uint8Array, start: number): void {
  for (let column = 0, at = start; column < upper.length; column++, at++) {
    const sample = upper[column];
    to[at] = ((sample << 14) + Math.imul(lower[column] - sample, share) + (1 << 19)) >> 20;
  }
}

function addPair(upper: Uint16Array, lower: Uint16Array, weight: number, other: number, sums: Int32Array): void {
  for (let column = 0; column < sums.length; column++) {
    sums[column] += Math.imul(upper[column], weight) + Math.imul(lower[column], other);
  }
}

function scaleAcross({ first, weights, count, pairs }: Taps, row: Uint8Array, from: number, to: Uint16Array): void {
  const { length } = first;
  if (count === 2) {
    for (let column = 0; column < pairs.length; column++) {
      const pair = pairs[column];
      const at = from + (pair >> 15);
      const sample = row[at];
      to[column] = ((sample << 14) + Math.imul(row[at + 1] - sample, pair & 0x7fff) + (1 << 7)) >> 8;
    }
  } else if (count === 4) {
    for (let column = 0, weight = 0; column < length; column++, weight += 4) {
      const at = from + first[column];
      const left = Math.imul(row[at], weights[weight]) + Math.imul(row[at + 1], weights[weight + 1]);
      const right = Math.imul(row[at + 2], weights[weight + 2]) + Math.imul(row[at + 3], weights[weight + 3]);
      to[column] = (left + right + (1 << 7)) >> 8;
    }
  } else {
    for (let column = 0, weight = 0; column < length; column++) {
      let sum = 1 << 7;
      for (let end = weight + count, at = from + first[column]; weight < end; weight++, at++) {
        sum += Math.imul(row[at], weights[weight]);
      }
      to[column] = sum >> 8;
    }
  }
}

const isCopy = ({ from, span, length }: Axis): boolean => from === 0 && span === length;

/** For each sample the samples of the source that it is made of, and their weights, whose sum is 2¹⁴. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: Int32Array;
  /** How many belong to each sample. */
  readonly count: number;
  /** If there are two: the number of the first, and in the last 15 bits the weight of the second. */
  readonly pairs: Int32Array;
}

const WEIGHT_SUM = 1 << 14;

function tapsOf({ source, from, span, length }: Axis): Taps {
  const step = span / length;
  const reach = Math.max(1, step);
  const needed = Math.ceil(2 * reach);
  // There is a fast way for four.
  const count = Math.min(source, needed === 3 ? 4 : needed);
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
  const pairs = first.map((start, i) => (start << 15) | (count === 2 ? (weights[i * 2 + 1] as number) : 0));
  return { first, weights, count, pairs };
}
