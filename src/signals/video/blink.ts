import { modulo } from '../maths.js';
import { createPainter } from './painter.js';
import type { Pattern } from './pattern.js';
import { timeInPeriod } from './time.js';

const params = {
  period: { type: 'number', default: 1, min: 0.01, max: 86400, unit: 's' },
  frames: { type: 'number', min: 1, max: 1e6, whole: true },
} as const;

/** The whole picture alternates between `color` (white) and `background` (black). */
export const blink: Pattern<typeof params> = {
  name: 'blink',
  params,
  *prepare(description, { period, frames }) {
    const { picture, painter, ink, paper } = yield* createPainter(description);
    const key = (n: number) =>
      frames
        ? modulo(Math.floor((n * description.speed) / frames), 2)
        : Number(timeInPeriod(period, n, description) >= period / 2);
    return { picture, key, render: (n) => painter.cover(key(n) ? paper : ink) };
  },
};
