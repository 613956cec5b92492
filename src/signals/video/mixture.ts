import { nearestWhole } from '../maths.js';
import { createPicture, type Picture } from '../picture.js';
import { black, encodeYcc, mixYcc, rgbToYcc, toLevels, white } from './color.js';
import { createLine, type Field, paintLines, stillRenderer } from './lines.js';
import type { CompletePatternDescription, PatternRenderer } from './pattern.js';

/** A picture in which every pixel is a mixture of `color` (white) and `background` (black), and its lookup tables. */
export interface Mixture {
  readonly picture: Picture;
  /** The luma plane as pairs of pixels. */
  readonly luma: Uint16Array;
  /** Whether any mixture has a hue. If not, the chroma planes stay neutral. */
  readonly hued: boolean;
  /** Encodes a share of `color`, clamped to 0 to 1: the luma in the lower 16 bits, the share of 255 in the upper 16. */
  encodeShare(share: number): number;
  /** Cb in the lower byte and Cr in the upper byte, by the sum of the shares of four pixels. */
  readonly chroma: Uint16Array;
}

export function createMixture(description: CompletePatternDescription): Mixture {
  const { width, height, colorSpace, color = white, background = black } = description;
  const picture = createPicture(width, height, colorSpace);
  const [from, to] = [toLevels(background), toLevels(color)];
  const between = (share: number) => {
    const [r, g, b] = from.map((level, i) => 255 * (level + (to[i] - level) * share));
    return rgbToYcc({ r, g, b }, picture.colorSpace);
  };
  const tints = Array.from({ length: 256 }, (_, i) => between(i / 255));
  const codes = Uint32Array.from(
    { length: 1025 },
    (_, i) => between(i / 1024).y | (nearestWhole((255 * i) / 1024) << 16),
  );
  return {
    picture,
    luma: new Uint16Array(picture.y.buffer, 0, (width * height) / 2),
    hued: tints.some(({ u, v }) => u !== 128 || v !== 128),
    encodeShare: (share) => codes[nearestWhole(1024 * Math.max(0, Math.min(1, share)))],
    chroma: Uint16Array.from({ length: 1021 }, (_, sum) => {
      const { u, v } = tints[(sum + 2) >> 2];
      return u | (v << 8);
    }),
  };
}

/**
 * A still picture from a function that gives the share of `color` in each pixel.
 *
 * @param isSymmetric Computes only the top left quarter and mirrors it.
 */
export function renderMixture(
  description: CompletePatternDescription,
  shareAt: (column: number, row: number) => number,
  isSymmetric = false,
): PatternRenderer {
  const { picture, hued, encodeShare, chroma } = createMixture(description);
  const { width, height, y } = picture;
  // With hue, the shares are needed to make the chroma samples; without, the plane is the luma itself.
  const plane = hued ? new Uint8Array(width * height) : y;
  const shift = hued ? 16 : 0;
  const [columns, rows] = [width, height].map((size) => (isSymmetric ? size / 2 : size));
  for (let row = 0; row < rows; row++) {
    const line = plane.subarray(row * width, (row + 1) * width);
    for (let column = 0; column < columns; column++) {
      line[column] = encodeShare(shareAt(column, row)) >> shift;
    }
    if (!isSymmetric) continue;
    line.set(line.slice(0, columns).reverse(), columns);
    plane.set(line, (height - 1 - row) * width);
  }
  if (hued)
    tint(
      picture,
      plane,
      Uint8Array.from({ length: 256 }, (_, i) => encodeShare(i / 255)),
      chroma,
    );
  return stillRenderer(picture);
}

function tint({ width, y, u, v }: Picture, shares: Uint8Array, lumas: Uint8Array, chroma: Uint16Array): void {
  for (let i = 0; i < y.length; i++) y[i] = lumas[shares[i]];
  for (let out = 0, i = 0; out < u.length; out++, i += i % width === width - 2 ? width + 2 : 2) {
    const pair = chroma[shares[i] + shares[i + 1] + shares[i + width] + shares[i + width + 1]];
    u[out] = pair;
    v[out] = pair >> 8;
  }
}

/** A still picture from a few rows, given as the share of `color` in each pixel. */
export function renderMixtureRows(
  { width, height, colorSpace, color = white, background = black }: CompletePatternDescription,
  rows: readonly ArrayLike<number>[],
  rowAt: (row: number) => number,
): PatternRenderer {
  const picture = createPicture(width, height, colorSpace);
  const [from, to] = [background, color].map((rgb) => encodeYcc(toLevels(rgb), picture.colorSpace));
  const lines = rows.map((shares) => {
    const fields = Array.from(shares, (share): Field => [1, mixYcc(from, to, share)]);
    return createLine(fields, width, picture.colorSpace);
  });
  paintLines(picture, (row) => lines[rowAt(row)]);
  return stillRenderer(picture);
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
