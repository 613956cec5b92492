/*
 * Numbers from the standards: SMPTE RP 219-1, SMPTE EG 1, and the tables of 75 % and 100 % colours in ITU-R BT.601 and
 * BT.709. A 10-bit number is divided by four and rounded. If two 8-bit numbers are equally near (674 / 4 = 168.5), the
 * tables decide.
 */
import type { ColorSpace, Picture } from 'track-elements/signals';
import { assert } from '../support/suite.js';
import { colorAt } from './descriptions.js';

export type Color = readonly [y: number, u: number, v: number];

export const grey = (y: number): Color => [y, 128, 128];
export const black = grey(16);

export const colors: Record<ColorSpace, Record<75 | 100, Color[]>> = {
  bt601: {
    75: [grey(180), [162, 44, 142], [131, 156, 44], [112, 72, 58], [84, 184, 198], [65, 100, 212], [35, 212, 114]],
    100: [grey(235), [210, 16, 146], [170, 166, 16], [145, 54, 34], [106, 202, 222], [81, 90, 240], [41, 240, 110]],
  },
  bt709: {
    75: [grey(180), [168, 44, 136], [145, 147, 44], [133, 63, 52], [63, 193, 204], [51, 109, 212], [28, 212, 120]],
    100: [grey(235), [219, 16, 138], [188, 154, 16], [173, 42, 26], [78, 214, 230], [63, 102, 240], [32, 240, 118]],
  },
};

/** A row of fields: their widths as shares of the picture's width, and their colours. */
export interface Row {
  readonly top: number;
  readonly bottom: number;
  readonly widths: readonly number[];
  readonly colors: readonly (Color | 'ramp')[];
}

export const edgesOf = (widths: readonly number[], width: number): number[] => {
  let sum = 0;
  return [0, ...widths.map((share) => (sum += share * width))];
};

/** Asserts that every pixel in the middle line of a row has the colour of the field at its centre. */
export function assertRow(picture: Picture, row: Row, edges: readonly number[]): void {
  const line = Math.floor(((row.top + row.bottom) / 2) * picture.height);
  row.colors.forEach((color, i) => {
    if (color === 'ramp') return;
    const [from, to] = [Math.ceil(edges[i] - 0.5), Math.ceil(edges[i + 1] - 0.5)];
    for (let column = from; column < to; column++) {
      assert.equal(picture.y[line * picture.width + column], color[0], `luma of field ${i} at ${column}`);
    }
    // A chroma sample that an edge runs through belongs to neither field.
    for (let column = from + (from % 2); column < to - 1; column += 2) {
      assert.deepEqual(colorAt(picture, column, line), [...color], `colour of field ${i} at ${column}`);
    }
  });
}

/** The rows at which a column changes, from top to bottom. */
export function changesDown(picture: Picture, column: number): number[] {
  const rows = [];
  for (let row = 1; row < picture.height; row++) {
    if (picture.y[row * picture.width + column] !== picture.y[(row - 1) * picture.width + column]) rows.push(row);
  }
  return rows;
}

export const sizes = [
  [720, 480],
  [720, 576],
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
  [328, 182],
] as const;
