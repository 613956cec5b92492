import { fittingUnit } from './lettering.js';
import { createPainter } from './painter.js';
import type { Pattern } from './pattern.js';
import { timeText } from './time.js';

/** The frame number as large as possible, and the time below it, in `color` (white) on `background` (black). */
export const counter: Pattern = {
  name: 'counter',
  prepare(description) {
    const { width, height, speed } = description;
    const { picture, painter, ink, paper } = createPainter(description);
    const write = (y: number, text: string, wide: number, high: number) =>
      painter.text(width / 2, height * y, text, fittingUnit(text.length, width * wide, height * high), ink);
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        painter.cover(paper);
        const count = Math.floor(n * speed);
        write(0.4, (count < 0 ? '-' : '') + `${Math.abs(count)}`.padStart(6, '0'), 0.9, 0.5);
        write(0.74, timeText(n, description), 0.6, 0.12);
      },
    };
  },
};
