import { nearestWhole } from '../maths.js';
import { createPicture, type Picture } from '../picture.js';
import { black, levels, rgbToYcc, white } from './color.js';
import { still } from './lines.js';
import type { PatternDescription, PatternRenderer } from './pattern.js';

/** A picture of which every pixel is a mixture of a description's `color` (white) and `background` (black). */
export interface Mixture {
  readonly picture: Picture;
  /** Where the pixels go, row by row, as `level` gives them. */
  readonly plane: Uint8Array;
  /** The byte for a share of the colour, from 0 to 1. */
  level(share: number): number;
  /** Makes the picture of the plane. */
  finish(): void;
}

/** Where the two have no hue the plane is the picture's luma itself; otherwise it holds shares of 255. */
export function createMixture(description: PatternDescription): Mixture {
  const { width, height, colorSpace, color = white, background = black } = description;
  const picture = createPicture(width, height, colorSpace);
  const [red, green, blue] = levels(color).map((level, i) => [levels(background)[i], level]);
  const between = (share: number) => {
    const [r, g, b] = [red, green, blue].map(([from, to]) => 255 * (from + (to - from) * share));
    return rgbToYcc({ r, g, b }, picture.colorSpace);
  };
  const tints = Array.from({ length: 256 }, (_, i) => between(i / 255));
  if (tints.every(({ u, v }) => u === 128 && v === 128)) {
    return { picture, plane: picture.y, level: (share) => between(share).y, finish() {} };
  }
  const [y, u, v] = (['y', 'u', 'v'] as const).map((plane) => Uint8Array.from(tints, (tint) => tint[plane]));
  const plane = new Uint8Array(width * height);
  return {
    picture,
    plane,
    level: (share) => nearestWhole(255 * share),
    finish: () => tint(picture, plane, y, u, v),
  };
}

/** On its own, so that engines compile it well. */
function tint(
  { width, height, y, u, v }: Picture,
  plane: Uint8Array,
  luma: Uint8Array,
  blue: Uint8Array,
  red: Uint8Array,
) {
  for (let row = 0, out = 0; row < height; row += 2) {
    for (let i = row * width, end = i + width; i < end; i += 2, out++) {
      const a = plane[i];
      const b = plane[i + 1];
      const c = plane[i + width];
      const d = plane[i + width + 1];
      y[i] = luma[a];
      y[i + 1] = luma[b];
      y[i + width] = luma[c];
      y[i + width + 1] = luma[d];
      const share = (a + b + c + d + 2) >> 2;
      u[out] = blue[share];
      v[out] = red[share];
    }
  }
}

/** A still picture from the share of the colour in each pixel. Columns and rows are counted from the top left. */
export function mixed(
  description: PatternDescription,
  shareAt: (column: number, row: number) => number,
): PatternRenderer {
  const mixture = createMixture(description);
  const { width, height } = description;
  const bytes = Uint8Array.from({ length: 1025 }, (_, i) => mixture.level(i / 1024));
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      mixture.plane[i] = bytes[nearestWhole(1024 * Math.max(0, Math.min(1, shareAt(column, row))))];
    }
  }
  mixture.finish();
  return still(mixture.picture);
}

/** The distance of pixels from the middle of the picture. */
export const radiusIn =
  ({ width, height }: { readonly width: number; readonly height: number }) =>
  (column: number, row: number, x = width / 2, y = height / 2): number => {
    const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
    return Math.sqrt(dx * dx + dy * dy);
  };

/** What a grid's pitch is unless given: an eighteenth of the shorter side, so that 16:9 has 32 by 18 squares. */
export const pitchFor = (width: number, height: number): number =>
  Math.max(2, nearestWhole(Math.min(width, height) / 18));

/** How much of a pixel, from `x` to `x + 1`, is lit by stripes of half the pitch each, the first one at 0. */
export function stripes(x: number, pitch: number): number {
  return (lit((x + 1) / pitch) - lit(x / pitch)) * pitch;
}

const lit = (cycles: number): number => Math.floor(cycles) / 2 + Math.min(0.5, cycles - Math.floor(cycles));
