import { nearestWhole } from '../maths.js';
import type { ColorSpace, Picture } from '../picture.js';
import { black, encodeYcc, type Levels, toLevels, white, type Ycc } from './color.js';
import { layPicture } from './lay-picture.js';
import { paintLines, stillRenderer } from './lines.js';
import type { CompletePatternDescription, PatternRenderer } from './pattern.js';
import type { Slices } from './slices.js';

/** A picture in which every pixel is a mixture of `color` (white) and `background` (black), and its lookup tables. */
export interface Mixture {
  readonly picture: Picture;
  /** The luma plane as pairs of pixels. */
  readonly luma: Uint16Array;
  /** Whether any mixture has a hue. If not, the chroma planes stay neutral. */
  readonly hued: boolean;
  /** Encodes a share of `color`, clamped to 0 to 1: the luma in the lower 16 bits, the share of 255 in the upper 16. */
  encodeShare(share: number): number;
  /** The results of `encodeShare` for each 1024th from 0 to 1. */
  readonly codes: Uint32Array;
  /** Cb in the lower byte and Cr in the upper byte, by the sum of the shares of four pixels. */
  readonly chroma: Uint16Array;
}

export function* createMixture(description: CompletePatternDescription): Slices<Mixture> {
  const { width, height, colorSpace, color = white, background = black } = description;
  const picture = yield* layPicture(width, height, colorSpace);
  const [from, to] = [toLevels(background), toLevels(color)];
  const [, tintsU, tintsV] = mixtures(from, to, 255, picture.colorSpace);
  const [lumas] = mixtures(from, to, 1024, picture.colorSpace);
  const codes = new Uint32Array(1025);
  for (let i = 0; i <= 1024; i++) codes[i] = lumas[i] | (nearestWhole((255 * i) / 1024) << 16);
  const chroma = new Uint16Array(1021);
  for (let sum = 0; sum <= 1020; sum++) chroma[sum] = tintsU[(sum + 2) >> 2] | (tintsV[(sum + 2) >> 2] << 8);
  return {
    picture,
    luma: new Uint16Array(picture.y.buffer, 0, (width * height) / 2),
    hued: tintsU.some((u) => u !== 128) || tintsV.some((v) => v !== 128),
    codes,
    encodeShare: (share) => codes[nearestWhole(1024 * Math.max(0, Math.min(1, share)))],
    chroma,
  };
}

/** Y, Cb and Cr of the mixtures of two colours in equal steps, both ends included. */
function mixtures(from: Levels, to: Levels, steps: number, colorSpace: ColorSpace): readonly Uint8Array[] {
  const planes = [0, 1, 2].map(() => new Uint8Array(steps + 1));
  for (let i = 0; i <= steps; i++) {
    const mix = (k: number) => (255 * (from[k] + (to[k] - from[k]) * (i / steps))) / 255;
    const { y, u, v } = encodeYcc([mix(0), mix(1), mix(2)], colorSpace);
    planes[0][i] = nearestWhole(y);
    planes[1][i] = nearestWhole(u);
    planes[2][i] = nearestWhole(v);
  }
  return planes;
}

/**
 * A still picture from a function that gives the share of `color` in each pixel.
 *
 * @param isSymmetric Computes only the top left quarter and mirrors it.
 */
export function* renderMixture(
  description: CompletePatternDescription,
  shareAt: (column: number, row: number) => number,
  isSymmetric = false,
): Slices<PatternRenderer> {
  const { picture, hued, codes, encodeShare, chroma } = yield* createMixture(description);
  yield;
  const { width, height, y } = picture;
  // With hue, the shares are needed to make the chroma samples; without, the plane is the luma itself.
  const plane = hued ? new Uint8Array(width * height) : y;
  const shift = hued ? 16 : 0;
  const [columns, rows] = [width, height].map((size) => (isSymmetric ? size / 2 : size));
  for (let row = 0; row < rows; row++) {
    const line = plane.subarray(row * width, (row + 1) * width);
    mixRow(line, columns, row, shareAt, codes, shift);
    yield;
    if (!isSymmetric) continue;
    line.set(line.slice(0, columns).reverse(), columns);
    plane.set(line, (height - 1 - row) * width);
  }
  const lumas = Uint8Array.from({ length: 256 }, (_, i) => encodeShare(i / 255));
  for (let row = 0; hued && row < height; row += 2) {
    tintRows(picture, row, plane, lumas, chroma);
    yield;
  }
  return stillRenderer(picture);
}

/** A small function that is called per row is optimised well by the engines. */
function mixRow(
  line: Uint8Array,
  columns: number,
  row: number,
  shareAt: (column: number, row: number) => number,
  codes: Uint32Array,
  shift: number,
): void {
  for (let column = 0; column < columns; column++) {
    line[column] = codes[Math.floor(1024 * Math.max(0, Math.min(1, shareAt(column, row))) + 0.5)] >> shift;
  }
}

function tintRows(
  { width, y, u, v }: Picture,
  row: number,
  shares: Uint8Array,
  lumas: Uint8Array,
  chroma: Uint16Array,
): void {
  const start = row * width;
  for (let i = start; i < start + 2 * width; i++) y[i] = lumas[shares[i]];
  for (let out = start / 4, i = start; i < start + width; out++, i += 2) {
    const pair = chroma[shares[i] + shares[i + 1] + shares[i + width] + shares[i + width + 1]];
    u[out] = pair;
    v[out] = pair >> 8;
  }
}

/** A still picture from a few rows, given as the share of `color` in each pixel. */
export function* renderMixtureRows(
  { width, height, colorSpace, color = white, background = black }: CompletePatternDescription,
  rows: readonly ArrayLike<number>[],
  rowAt: (row: number) => number,
): Slices<PatternRenderer> {
  const picture = yield* layPicture(width, height, colorSpace);
  const [from, to] = [background, color].map((rgb) => encodeYcc(toLevels(rgb), picture.colorSpace));
  const lines = rows.map((shares) => {
    const planeOf = (plane: keyof Ycc) => mixLine(shares, from[plane], to[plane]);
    return { y: planeOf('y'), u: planeOf('u'), v: planeOf('v') };
  });
  paintLines(picture, (row) => lines[rowAt(row)]);
  return stillRenderer(picture);
}

function mixLine(shares: ArrayLike<number>, from: number, to: number): Uint8Array {
  const line = new Uint8Array(shares.length);
  for (let i = 0; i < line.length; i++) line[i] = nearestWhole(from + (to - from) * shares[i]);
  return line;
}

/** A function that gives the distance of a pixel from the middle of the picture, or from another point. */
export const radiusFromMiddle =
  ({ width, height }: { readonly width: number; readonly height: number }) =>
  (column: number, row: number, x = width / 2, y = height / 2): number => {
    const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
    return Math.sqrt(dx * dx + dy * dy);
  };

/** The default pitch of a grid: an eighteenth of the shorter side, so 16:9 has 32 by 18 squares. */
export const defaultPitch = (width: number, height: number): number =>
  Math.max(2, nearestWhole(Math.min(width, height) / 18));

/**
 * The share of a pixel, from `x` to `x + 1`, that is covered by stripes of half a pitch. The first stripe begins at 0.
 */
export function stripeCoverage(x: number, pitch: number): number {
  return (coveredUntil((x + 1) / pitch) - coveredUntil(x / pitch)) * pitch;
}

const coveredUntil = (cycles: number): number => Math.floor(cycles) / 2 + Math.min(0.5, cycles - Math.floor(cycles));
