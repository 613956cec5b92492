import { modulo, sine } from '../maths.js';
import type { Picture } from '../picture.js';
import type { Levels } from './color.js';
import { fittingUnit, placeText } from './lettering.js';
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
  *prepare(description, { from, end }) {
    const { width, height, speed, since = 0 } = description;
    const { numerator, denominator } = description.frameRate;
    const { picture, painter, ink, paper } = yield* createPainter(description);
    const swept = paper.map((from, i) => from + (ink[i] - from) * 0.35) as unknown as Levels;
    const [x, y, side] = [width / 2, height / 2, Math.min(width, height)];
    // The ground ahead of the hand and behind it, both with the lines on top.
    const grounds: Picture[] = [];
    for (const ground of [paper, swept]) {
      yield;
      const { picture, painter: field } = yield* createPainter(description);
      const thick = Math.max(1, side / 180);
      yield;
      field.cover(ground);
      yield;
      field.fill([0, y - thick / 2, width, y + thick / 2], ink);
      field.fill([x - thick / 2, 0, x + thick / 2, height], ink);
      for (const radius of [0.4, 0.45]) {
        yield* field.circle(x, y, side * radius, thick * 1.5, ink);
      }
      grounds.push(picture);
    }
    const [before, after] = grounds;
    yield;
    const unitOf = (number: string) => fittingUnit(number.length, side * 0.62, side * 0.45);
    for (const number of from > 9 ? ['0', `${from}`] : ['0']) {
      const { length } = number;
      const unit = unitOf(number);
      yield* painter.learn(
        from === 10 && length > 1 ? '10' : '0123456789',
        placeText(x, y, length, unit),
        length,
        unit,
      );
    }
    const key = (n: number) => {
      // A single countdown begins when it is first shown; a repeating one is in phase on all machines.
      const time = (end === 'hold' ? n - since : n) * speed * denominator;
      return end === 'hold' ? Math.max(0, Math.min(from * numerator, time)) : modulo(time, (from + 1) * numerator);
    };
    /** The second and the turn that the picture shows. */
    let [shown, turned] = [Number.NaN, 0];
    /** The limits of the columns that a hand has passed between two turns, on one row. */
    const part = [0, 0] as [from: number, to: number];
    return {
      picture,
      key,
      render(n) {
        const seconds = Math.floor(key(n) / numerator);
        const turns = (key(n) % numerator) / numerator;
        const hand = handAt(turns);
        // The sector behind the hand: in the first half turn the points right of the middle and behind the hand, in the
        // second half turn the points that are either.
        const passed: Depth = (column, row) => {
          const [right, ahead] = [column - x, hand.down * (column - x) - hand.across * (row - y)];
          return turns < 0.5 ? Math.min(right, ahead) : Math.max(right, ahead);
        };
        if (shown === seconds && turned <= turns && turned < 0.5 === turns < 0.5) {
          const old = handAt(turned);
          painter.limitRows((row, size) => {
            part[0] = turns < 0.5 ? x - size : 0;
            part[1] = turns < 0.5 ? width : x + size;
            // Not quite passed by the old hand, and at least touched by the new one.
            narrow(part, x, -old.down, size - old.across * (y - row));
            narrow(part, x, hand.down, size + hand.across * (y - row));
            return part;
          });
        } else painter.limit([0, 0, width, height]);
        [shown, turned] = [seconds, turns];
        painter.cover(before);
        painter.shape([0, 0, width, height], passed, after);
        const number = `${from - seconds}`;
        painter.text(x, y, number, unitOf(number), ink);
      },
    };
  },
};

/** The direction of the hand after some turns. */
const handAt = (turns: number) => ({ across: sine(turns), down: -sine(turns + 0.25) });

/** Narrows a range of columns to those where `slope` times the distance from `x` is more than `-offset`. */
function narrow(range: [from: number, to: number], x: number, slope: number, offset: number): void {
  if (Math.abs(slope) < 1e-9) return;
  const border = x - offset / slope;
  if (slope > 0) range[0] = Math.max(range[0], border);
  else range[1] = Math.min(range[1], border);
}
