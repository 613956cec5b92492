import { nearestWhole } from '../maths.js';
import type { ColorSpace, Picture } from '../picture.js';
import { encodeYcc, type Levels, type Ycc } from './color.js';
import type { PatternRenderer } from './pattern.js';

/** One line of pixels with all components at full resolution, before chroma is subsampled. */
export interface Line {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** A part of a line: its relative width, its colour, and for a ramp the colour at its end. */
export type Field = readonly [width: number, from: Levels | Ycc, to?: Levels | Ycc];

/** The rounded edges of neighbours that divide `size` pixels in these proportions, from 0 to `size`. */
export function edgePositions(size: number, shares: readonly number[]): number[] {
  const sums = [0];
  for (const share of shares) sums.push(sums[sums.length - 1] + share);
  return sums.map((sum) => nearestWhole((sum * size) / sums[shares.length]));
}

/** A line of fields side by side. `at` are their edges in pixels, if they are not in exact proportion to the widths. */
export function createLine(
  fields: readonly Field[],
  width: number,
  colorSpace: ColorSpace,
  at: readonly number[] = edgePositions(
    width,
    fields.map(([share]) => share),
  ),
): Line {
  const line = { y: new Uint8Array(width), u: new Uint8Array(width), v: new Uint8Array(width) };
  fields.forEach(([, from, to = from], i) => {
    const [a, b] = [encodeYcc(from, colorSpace), encodeYcc(to, colorSpace)];
    const last = at[i + 1] - at[i] - 1;
    for (const key of ['y', 'u', 'v'] as const) {
      const plane = line[key];
      const [start, rise] = [a[key], b[key] - a[key]];
      if (rise === 0) plane.fill(nearestWhole(start), at[i], at[i + 1]);
      else for (let x = 0; x <= last; x++) plane[at[i] + x] = nearestWhole(start + (last > 0 ? (rise * x) / last : 0));
    }
  });
  return line;
}

/**
 * Paints a picture from one line per row.
 *
 * Luma is exact. A chroma sample covers two by two pixels: if an edge runs through them it is their average, so that
 * the error is smallest and equal on both sides.
 */
export function paintLines(picture: Picture, lineAt: (row: number) => Line): void {
  const { width, height, y, u, v } = picture;
  for (let row = 0; row < height; row++) y.set(lineAt(row).y, row * width);
  // Where the chroma of a pair of lines has been painted.
  const seen = new Map<Line, { readonly bottom: Line; readonly start: number }>();
  for (let row = 0; row < height; row += 2) {
    const [top, bottom] = [lineAt(row), lineAt(row + 1)];
    const start = (row * width) / 4;
    const same = seen.get(top);
    if (same?.bottom === bottom) {
      u.copyWithin(start, same.start, same.start + width / 2);
      v.copyWithin(start, same.start, same.start + width / 2);
    } else {
      halve(top.u, bottom.u, u, start);
      halve(top.v, bottom.v, v, start);
    }
    seen.set(top, { bottom, start });
  }
}

function halve(top: Uint8Array, bottom: Uint8Array, out: Uint8Array, start: number): void {
  for (let x = 0; x < top.length; x += 2) {
    out[start + x / 2] = (top[x] + top[x + 1] + bottom[x] + bottom[x + 1] + 2) >> 2;
  }
}

/** The renderer of a still picture that is already painted. */
export const stillRenderer = (picture: Picture): PatternRenderer => ({ picture, key: () => 0, render() {} });
