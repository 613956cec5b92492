import { fractionOf, sine } from '../maths.js';
import { rateValue } from '../rate.js';
import { createPainter } from './painter.js';
import type { Pattern } from './pattern.js';

const params = {
  motion: { type: 'choice', default: 'bounce', options: ['bounce', 'wavy', 'sweep', 'hsweep'] },
} as const;

/** A disc in `color` (white) that bounces off the edges of a `background` (black). Redraws no more than moved. */
export const ball: Pattern<typeof params> = {
  name: 'ball',
  params,
  prepare(description, { motion }) {
    const { width, height, frameRate, speed } = description;
    const { picture, painter, ink, paper } = createPainter(description);
    const radius = Math.min(width, height) / 10;
    painter.cover(paper);
    let [left, top] = [0, 0];
    const size = 2 * Math.ceil(radius) + 4;
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        const seconds = (n * speed) / rateValue(frameRate);
        const [across, down] = motions[motion](seconds);
        const x = radius + (width - 2 * radius) * across;
        const y = radius + (height - 2 * radius) * down;
        painter.fill([left, top, left + size, top + size], paper);
        // Of whole chroma samples.
        [left, top] = [x, y].map((place) => 2 * Math.floor((place - radius - 1) / 2));
        painter.disc(x, y, radius, ink);
      },
    };
  },
};

/** Where the ball is after so many seconds, from 0 to 1 in both directions. All but the first are findByName as in GStreamer. */
const motions: Record<string, (seconds: number) => [across: number, down: number]> = {
  bounce: (seconds) => [bounce(0.1 + seconds * 0.17), bounce(0.2 + seconds * 0.29)],
  wavy: (seconds) => [wave(seconds * 0.15), wave(seconds * 0.15 * Math.SQRT2)],
  // Round clockwise from the top once a second, and half round.
  sweep: (seconds) => [wave(seconds), wave(seconds - 0.25)],
  hsweep: (seconds) => motions.sweep(fractionOf(seconds) / 2),
};

const wave = (turns: number): number => 0.5 + 0.5 * sine(turns);

/** There and back, once a turn: from 0 to 1 and to 0 again. */
const bounce = (turns: number): number => 1 - Math.abs(2 * fractionOf(turns) - 1);
