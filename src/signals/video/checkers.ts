import type { Picture } from '../picture.js';
import { black, type Levels, toLevels, white, type Ycc } from './color.js';
import { layPicture } from './lay-picture.js';
import { createLine, type Field, type Line, paintLines, stillRenderer } from './lines.js';
import type { Pattern } from './pattern.js';

const params = {
  size: { type: 'number', default: 32, min: 1, max: 16384, whole: true, unit: 'px' },
} as const;

/** Squares of `params.size` pixels in `color` (white) and `background` (black), with `color` at the top left. */
export const checkers: Pattern<typeof params> = {
  name: 'checkers',
  params,
  *prepare({ width, height, colorSpace, color = white, background = black }, { size }) {
    const picture = yield* layPicture(width, height, colorSpace);
    const lines = checkerLines([toLevels(color), toLevels(background)], size, picture);
    paintLines(picture, (row) => lines[Math.floor(row / size) % 2]);
    return stillRenderer(picture);
  },
};

/** The two different lines of a chequered picture. */
export function checkerLines(pair: readonly (Levels | Ycc)[], size: number, { width, colorSpace }: Picture): Line[] {
  const count = Math.ceil(width / size);
  const at = Array.from({ length: count + 1 }, (_, i) => Math.min(width, i * size));
  return [0, 1].map((first) => {
    const fields = Array.from({ length: count }, (_, i): Field => [1, pair[(i + first) % 2]]);
    return createLine(fields, width, colorSpace, at);
  });
}
