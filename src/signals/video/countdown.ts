import { modulo, sine } from '../maths.js';
import type { Levels } from './color.js';
import { fittingUnit } from './lettering.js';
import { createPainter } from './painter.js';
import type { Pattern } from './pattern.js';
import type { Depth } from './shape.js';

const params = {
  from: { type: 'number', default: 10, min: 1, max: 99, whole: true },
  end: { type: 'choice', default: 'repeat', options: ['repeat', 'hold'] },
} as const;

/**
 * A film leader: counts down seconds with a hand that turns once per second, in `color` (white) on `background`
 * (black).
 */
export const countdown: Pattern<typeof params> = {
  name: 'countdown',
  params,
  prepare(description, { from, end }) {
    const { width, height, speed, since = 0 } = description;
    const { numerator, denominator } = description.frameRate;
    const { picture, painter, ink, paper } = createPainter(description);
    const swept = paper.map((from, i) => from + (ink[i] - from) * 0.35) as unknown as Levels;
    const [x, y, side] = [width / 2, height / 2, Math.min(width, height)];
    // The ground ahead of the hand and behind it, both with the lines on top.
    const [before, after] = [paper, swept].map((ground) => {
      const { picture, painter: field } = createPainter(description);
      const thick = Math.max(1, side / 180);
      field.cover(ground);
      field.fill([0, y - thick / 2, width, y + thick / 2], ink);
      field.fill([x - thick / 2, 0, x + thick / 2, height], ink);
      for (const radius of [0.4, 0.45]) field.ring(x, y, side * radius, thick * 1.5, ink);
      return picture;
    });
    const key = (n: number) => {
      // A single countdown begins when it is first shown; a repeating one is in phase on all machines.
      const time = (end === 'hold' ? n - since : n) * speed * denominator;
      return end === 'hold' ? Math.max(0, Math.min(from * numerator, time)) : modulo(time, (from + 1) * numerator);
    };
    return {
      picture,
      key,
      render(n) {
        const seconds = Math.floor(key(n) / numerator);
        const turns = (key(n) % numerator) / numerator;
        const [across, down] = [sine(turns), -sine(turns + 0.25)];
        painter.cover(before);
        // The sector behind the hand: in the first half turn the points right of the middle and behind the hand, in the
        // second half turn the points that are either.
        const passed: Depth = (column, row) => {
          const [right, ahead] = [column - x, down * (column - x) - across * (row - y)];
          return turns < 0.5 ? Math.min(right, ahead) : Math.max(right, ahead);
        };
        painter.shape([0, 0, width, height], passed, after);
        const number = `${from - seconds}`;
        painter.text(x, y, number, fittingUnit(number.length, side * 0.62, side * 0.45), ink);
      },
    };
  },
};
