import { nearestWhole } from '../maths.js';
import type { ColorSpace, Picture } from '../picture.js';
import { encodeYcc, type Levels, type Ycc } from './color.js';
import type { PatternRenderer } from './pattern.js';

/** One line of pixels with all three components at every pixel, before chroma is halved. */
export interface Line {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** A stretch of a line: its width in any unit, its colour, and the colour that it goes over to, where it is a ramp. */
export type Field = readonly [width: number, from: Levels | Ycc, to?: Levels | Ycc];

/** Where the edges of neighbours come to lie when they share `size` pixels in these proportions. Starts with 0. */
export function edgePositions(size: number, shares: readonly number[]): number[] {
  const sums = [0];
  for (const share of shares) sums.push(sums[sums.length - 1] + share);
  return sums.map((sum) => nearestWhole((sum * size) / sums[shares.length]));
}

/** A line of fields side by side. `at` is where they begin and end, where that is not in exact proportion. */
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
      for (let x = 0; x <= last; x++) plane[at[i] + x] = nearestWhole(start + (last > 0 ? (rise * x) / last : 0));
    }
  });
  return line;
}

/**
 * Paints a picture of which every row is one of a few lines.
 *
 * Luma is exact. A chroma sample stands for two by two pixels: where an edge runs through them it is their average, so
 * that the colours of both sides are off by the least, and none is favoured.
 */
export function paintLines(picture: Picture, lineAt: (row: number) => Line): void {
  const { width, height, y, u, v } = picture;
  for (let row = 0; row < height; row++) y.set(lineAt(row).y, row * width);
  let above: [Line?, Line?] = [];
  for (let row = 0; row < height; row += 2) {
    const [top, bottom] = [lineAt(row), lineAt(row + 1)];
    const start = (row * width) / 4;
    if (top === above[0] && bottom === above[1]) {
      u.copyWithin(start, start - width / 2, start);
      v.copyWithin(start, start - width / 2, start);
    } else {
      halve(top.u, bottom.u, u, start);
      halve(top.v, bottom.v, v, start);
    }
    above = [top, bottom];
  }
}

function halve(top: Uint8Array, bottom: Uint8Array, out: Uint8Array, start: number): void {
  for (let x = 0; x < top.length; x += 2) {
    out[start + x / 2] = (top[x] + top[x + 1] + bottom[x] + bottom[x + 1] + 2) >> 2;
  }
}

/** The renderer of a picture that never changes and is already painted. */
export const stillRenderer = (picture: Picture): PatternRenderer => ({ picture, key: () => 0, render() {} });
