import { fractionOf, sine } from '../maths.js';
import { framesPerSecond } from '../rate.js';
import { MovingDisc } from './disc.js';
import { createPainter } from './painter.js';
import type { Pattern } from './pattern.js';

const params = {
  motion: { type: 'choice', default: 'bounce', options: ['bounce', 'wavy', 'sweep', 'hsweep'] },
} as const;

/** A disc in `color` (white) that moves on a `background` (black). A frame paints only what has changed. */
export const ball: Pattern<typeof params> = {
  name: 'ball',
  params,
  *prepare(description, { motion }) {
    const { width, height, frameRate, speed } = description;
    const { picture, painter, ink, paper } = yield* createPainter(description);
    const radius = Math.min(width, height) / 10;
    painter.cover(paper);
    const disc = new MovingDisc(picture, radius, ink, paper);
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        const [across, down] = motions[motion]((n * speed) / framesPerSecond(frameRate));
        disc.moveTo(radius + (width - 2 * radius) * across, radius + (height - 2 * radius) * down);
      },
    };
  },
};

/** The place of the ball after some seconds, from 0 to 1 in both directions. The paths except `bounce` are those of GStreamer. */
const motions: Record<string, (seconds: number) => [across: number, down: number]> = {
  bounce: (seconds) => [bounce(0.1 + seconds * 0.17), bounce(0.2 + seconds * 0.29)],
  wavy: (seconds) => [wave(seconds * 0.15), wave(seconds * 0.15 * Math.SQRT2)],
  // Clockwise from the top, one turn per second; `hsweep` makes half a turn and starts again.
  sweep: (seconds) => [wave(seconds), wave(seconds - 0.25)],
  hsweep: (seconds) => motions.sweep(fractionOf(seconds) / 2),
};

const wave = (turns: number): number => 0.5 + 0.5 * sine(turns);

/** A triangle wave: from 0 to 1 and back to 0 in one turn. */
const bounce = (turns: number): number => 1 - Math.abs(2 * fractionOf(turns) - 1);
