import { modulo, nearestWhole, sine } from '../maths.js';
import { createPicture, type Picture } from '../picture.js';
import { black, rgbToYcc, white } from './color.js';
import { drawCircle, drawLine, drawTextAt, fillPicture, fittingScale } from './ink.js';
import type { Pattern } from './pattern.js';

const params = {
  from: { type: 'number', default: 10, min: 1, max: 99, whole: true },
  end: { type: 'choice', default: 'repeat', options: ['repeat', 'hold'] },
} as const;

/** A film's leader: seconds counted down to 0, each swept once round, in `color` (white) on `background` (black). */
export const countdown: Pattern<typeof params> = {
  name: 'countdown',
  params,
  prepare(description, { from, end }) {
    const { width, height, colorSpace, color = white, background = black, speed } = description;
    const { numerator, denominator } = description.frameRate;
    const picture = createPicture(width, height, colorSpace);
    const swept = {
      r: background.r + (color.r - background.r) * 0.35,
      g: background.g + (color.g - background.g) * 0.35,
      b: background.b + (color.b - background.b) * 0.35,
    };
    const ink = rgbToYcc(color, picture.colorSpace);
    const side = Math.min(width, height);
    // The field before the hand has come and after, each with the lines that lie over it.
    const [before, after] = [background, swept].map((rgb) => {
      const field = createPicture(width, height, colorSpace);
      const thick = Math.max(1, side / 180);
      fillPicture(field, rgbToYcc(rgb, picture.colorSpace));
      drawLine(field, ink, 0, height / 2, width, height / 2, thick);
      drawLine(field, ink, width / 2, 0, width / 2, height, thick);
      for (const radius of [0.4, 0.45]) drawCircle(field, ink, width / 2, height / 2, side * radius, thick * 1.5);
      return field;
    });
    const key = (n: number) => {
      const time = n * speed * denominator;
      return end === 'hold' ? Math.max(0, Math.min(from * numerator, time)) : modulo(time, (from + 1) * numerator);
    };
    return {
      picture,
      key,
      render(n) {
        const seconds = Math.floor(key(n) / numerator);
        sweep(before, after, picture, (key(n) % numerator) / numerator);
        const number = `${from - seconds}`;
        const scale = fittingScale(number.length, side * 0.62, side * 0.45);
        drawTextAt(picture, ink, number, width / 2, height / 2, scale);
      },
    };
  },
};

/** Takes what a hand has passed, that goes clockwise from the top, from `after`, and all other from `before`. */
function sweep(before: Picture, after: Picture, picture: Picture, turns: number): void {
  const across = sine(turns);
  const down = -sine(turns + 0.25) || 1e-9;
  for (const plane of ['y', 'u', 'v'] as const) {
    const size = plane === 'y' ? 1 : 2;
    const columns = picture.width / size;
    const rows = picture.height / size;
    const middle = Math.floor(columns / 2);
    // The hand is in one half. Of the right one it has passed all when it is in the left, and the other way round nothing.
    const [first, end] = turns < 0.5 ? [middle, columns] : [0, middle];
    const take = (from: Picture, to: number, until: number) => picture[plane].set(from[plane].subarray(to, until), to);
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      take(before, start, start + middle + (turns < 0.5 ? columns - middle : 0));
      if (turns >= 0.5) take(after, start + middle, start + columns);
      // How far a sample lies on the side that has been passed grows or falls steadily along the row.
      const zero = (columns / 2 - 0.5) * down + (row + 0.5 - rows / 2) * across - 0.5;
      const [a, b] = [zero / down, (zero + 1) / down].map((place) => Math.max(first, Math.min(end, place)));
      const from = Math.floor(Math.min(a, b));
      const to = Math.ceil(Math.max(a, b));
      if (down > 0) take(after, start + to, start + end);
      else take(after, start + first, start + from);
      for (let column = from; column < to; column++) {
        const share = Math.max(0, Math.min(1, column * down - zero));
        const old = before[plane][start + column];
        picture[plane][start + column] = nearestWhole(old + (after[plane][start + column] - old) * share);
      }
    }
  }
}
