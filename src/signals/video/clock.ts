import { sine } from '../maths.js';
import { ChangingText, DIGITS } from './changing-text.js';
import { toLevels } from './color.js';
import { fittingUnit } from './lettering.js';
import { createPainter, type Ink, Painter } from './painter.js';
import type { Pattern } from './pattern.js';
import type { Box } from './shape.js';
import { clockText, timeInPeriod, timeText } from './time.js';

const params = {
  digits: { type: 'choice', default: 'milliseconds', options: ['milliseconds', 'frames', 'none'] },
} as const;

const red = toLevels({ r: 230, g: 40, b: 40 });

/** A clock with hands and digits that shows the time on the timeline, in `color` (white) on `background` (black). */
export const clock: Pattern<typeof params> = {
  name: 'clock',
  params,
  *prepare(description, { digits }) {
    const { width, height, frameRate, speed } = description;
    const { picture, painter, ink, paper } = yield* createPainter(description);
    const { painter: dial } = yield* createPainter(description);
    const [x, y, radius] = [width / 2, height / 2, Math.min(width, height) * 0.46];
    /** Draws a radial line. `from` and `to` are fractions of the radius. */
    const ray = (on: Painter, tone: Ink, turns: number, from: number, to: number, thick: number) => {
      const [across, down] = [sine(turns) * radius, -sine(turns + 0.25) * radius];
      on.line(x + across * from, y + down * from, x + across * to, y + down * to, thick * radius, tone);
    };
    yield;
    dial.cover(paper);
    yield;
    yield* dial.circle(x, y, radius * 0.99, radius * 0.02, ink);
    for (let i = 0; i < 60; i++) {
      ray(dial, ink, i / 60, i % 5 ? 0.92 : 0.86, 0.95, i % 5 ? 0.01 : 0.03);
      yield;
    }
    for (let hour = 1; hour <= 12; hour++) {
      const [across, down] = [sine(hour / 12), -sine(hour / 12 + 0.25)].map((part) => part * radius * 0.71);
      dial.text(x + across, y + down, `${hour}`, fittingUnit(2, radius * 0.2, radius * 0.16), ink);
      yield;
    }
    const text = (n: number) => {
      if (digits === 'milliseconds') return timeText(n, description);
      const frames = Math.floor(timeInPeriod(1, n, description, frameRate.numerator) / frameRate.denominator);
      return clockText(timeInPeriod(86400, n, description), `:${`${frames}`.padStart(2, '0')}`);
    };
    // The digits are on a plate, so that they stay legible when a hand is behind them.
    const unit = fittingUnit(12, radius, radius);
    const low = y + radius * 0.36;
    const plate = [x - 38 * unit, low - 6 * unit, x + 38 * unit, low + 6 * unit] as const;
    const [left, top, right, bottom] = plate;
    // The inside of the plate, in whole chroma samples, is painted in the picture that the hands are erased with.
    const inside = plate.map((edge, i) => 2 * (i < 2 ? Math.ceil(edge / 2) : Math.floor(edge / 2))) as unknown as Box;
    const [first, high, last, deep] = inside;
    const written = new ChangingText(dial, paper, x, low, text(0).length, unit, ink);
    if (digits !== 'none') yield* written.learn(DIGITS);
    const copier = new Painter(picture);
    if (digits !== 'none') dial.fill(inside, paper);
    painter.cover(dial.picture);
    painter.remember();
    yield;
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        painter.erase(dial.picture);
        ray(painter, ink, timeInPeriod(43200, n, description) / 43200, -0.1, 0.5, 0.06);
        ray(painter, ink, timeInPeriod(3600, n, description) / 3600, -0.1, 0.8, 0.04);
        ray(painter, red, timeInPeriod(60, n, description) / 60, -0.2, 0.9, 0.015);
        painter.disc(x, y, radius * 0.04, red);
        if (digits === 'none') return;
        painter.fill([left, top, right, high], paper);
        painter.fill([left, deep, right, bottom], paper);
        painter.fill([left, high, first, deep], paper);
        painter.fill([last, high, right, deep], paper);
        written.write(text(n));
        copier.fill(inside, dial.picture);
      },
    };
  },
};
