import { createPicture } from '../picture.js';
import { black, levels, white } from './color.js';
import { type Field, lineOf, paintLines, still } from './lines.js';
import type { Pattern } from './pattern.js';

const params = {
  size: { type: 'number', default: 32, min: 1, max: 16384, whole: true, unit: 'px' },
} as const;

/** Squares of `params.size` pixels (32), beginning with `color` (white) at the top left, on `background` (black). */
export const checkers: Pattern<typeof params> = {
  name: 'checkers',
  params,
  prepare({ width, height, colorSpace, color = white, background = black }, { size: pixels }) {
    const picture = createPicture(width, height, colorSpace);
    const pair = [levels(color), levels(background)];
    const count = Math.ceil(width / pixels);
    const at = Array.from({ length: count + 1 }, (_, i) => Math.min(width, i * pixels));
    const lines = [0, 1].map((first) => {
      const fields = Array.from({ length: count }, (_, i): Field => [1, pair[(i + first) % 2]]);
      return lineOf(fields, width, picture.colorSpace, at);
    });
    paintLines(picture, (row) => lines[Math.floor(row / pixels) % 2]);
    return still(picture);
  },
};
