import { ChangingText, DIGITS } from './changing-text.js';
import { fittingUnit } from './lettering.js';
import { createPainter } from './painter.js';
import type { Pattern } from './pattern.js';
import { timeText } from './time.js';

/** The frame number as large as possible, and the time below it, in `color` (white) on `background` (black). */
export const counter: Pattern = {
  name: 'counter',
  *prepare(description) {
    const { width, height, speed } = description;
    const { picture, painter, ink, paper } = yield* createPainter(description);
    // In small pictures the two lines overlap.
    const isSmall = height < 240;
    const lineAt = (y: number, wide: number, high: number, length: number) => {
      const unit = fittingUnit(length, width * wide, height * high);
      return new ChangingText(painter, paper, width / 2, height * y, length, unit, ink, isSmall);
    };
    let digits = 6;
    let number = lineAt(0.4, 0.9, 0.5, digits);
    let time = lineAt(0.74, 0.6, 0.12, 12);
    painter.cover(paper);
    for (const line of [number, time]) yield* line.learn(DIGITS);
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        const count = Math.floor(n * speed);
        const text = (count < 0 ? '-' : '') + `${Math.abs(count)}`.padStart(6, '0');
        if (text.length !== digits || isSmall) {
          painter.cover(paper);
          digits = text.length;
          number = lineAt(0.4, 0.9, 0.5, digits);
          time = lineAt(0.74, 0.6, 0.12, 12);
        }
        number.write(text);
        time.write(timeText(n, description));
      },
    };
  },
};
