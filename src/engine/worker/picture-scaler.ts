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

/** Scales planes: each sample is the mean of those around its place, by a triangle as wide as two samples of either size. */
class PlaneScaler {
  readonly #across: Taps;
  readonly #down: Taps;
  readonly #left: number;
  readonly #top: number;
  readonly #stride: number;
  readonly #isCopy: boolean;
  /** A row of the source, scaled down: with 6 bits of a fraction, so that samples are rounded once. */
  readonly #row: Uint16Array;
  readonly #sums: Int32Array;

  constructor(across: Axis, down: Axis, stride: number) {
    this.#across = tapsOf(across);
    this.#down = tapsOf(down);
    this.#left = across.to;
    this.#top = down.to;
    this.#stride = stride;
    this.#isCopy = isCopy(across) && isCopy(down);
    this.#row = new Uint16Array(across.source);
    this.#sums = new Int32Array(across.source);
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
    for (let row = 0; row < height; row++) {
      this.#scaleDown(samples, stride, row);
      this.#scaleAcross(to, start + row * this.#stride);
    }
  }

  #scaleDown(samples: Uint8Array, stride: number, row: number): void {
    const { first, weights, count } = this.#down;
    const sums = this.#sums.fill(1 << 7);
    const { length } = sums;
    for (let tap = 0; tap < count; tap++) {
      const weight = weights[row * count + tap];
      if (weight === 0) continue;
      for (let column = 0, from = (first[row] + tap) * stride; column < length; column++, from++) {
        sums[column] += samples[from] * weight;
      }
    }
    for (let column = 0; column < length; column++) this.#row[column] = sums[column] >> 8;
  }

  #scaleAcross(to: Uint8Array, start: number): void {
    const row = this.#row;
    const { first, weights, count } = this.#across;
    const { length } = first;
    if (count === 2) {
      // As below, for pictures that become larger.
      for (let column = 0, weight = 0; column < length; column++, weight += 2) {
        const from = first[column];
        to[start + column] = (row[from] * weights[weight] + row[from + 1] * weights[weight + 1] + (1 << 19)) >> 20;
      }
      return;
    }
    for (let column = 0, weight = 0; column < length; column++) {
      let sum = 1 << 19;
      for (let end = weight + count, from = first[column]; weight < end; weight++, from++) {
        sum += row[from] * weights[weight];
      }
      to[start + column] = sum >> 20;
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
}

const WEIGHT_SUM = 1 << 14;

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
  return { first, weights, count };
}
