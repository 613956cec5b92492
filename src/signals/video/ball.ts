import { fractionOf, nearestWhole, sine } from '../maths.js';
import { createPicture } from '../picture.js';
import { rateValue } from '../rate.js';
import { black, rgbToYcc, white } from './color.js';
import type { Pattern } from './pattern.js';

const params = {
  motion: { type: 'choice', default: 'bounce', options: ['bounce', 'wavy', 'sweep', 'hsweep'] },
} as const;

/** A disc in `color` (white) that bounces off the edges of a `background` (black). Redraws no more than moved. */
export const ball: Pattern<typeof params> = {
  name: 'ball',
  params,
  prepare({ width, height, frameRate, colorSpace, color = white, background = black, speed }, { motion }) {
    const picture = createPicture(width, height, colorSpace);
    const front = rgbToYcc(color, picture.colorSpace);
    const back = rgbToYcc(background, picture.colorSpace);
    const radius = Math.min(width, height) / 10;
    const moves = [
      disc(picture.y, width, radius, front.y, back.y),
      disc(picture.u, width / 2, radius / 2, front.u, back.u),
      disc(picture.v, width / 2, radius / 2, front.v, back.v),
    ];
    return {
      picture,
      key: (n) => (speed ? n : 0),
      render(n) {
        const seconds = (n * speed) / rateValue(frameRate);
        const [across, down] = motions[motion](seconds);
        const x = radius + (width - 2 * radius) * across;
        const y = radius + (height - 2 * radius) * down;
        moves[0](x, y);
        moves[1](x / 2, y / 2);
        moves[2](x / 2, y / 2);
      },
    };
  },
};

/** Where the ball is after so many seconds, from 0 to 1 in both directions. All but the first are named as in GStreamer. */
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

/** Shows a disc on a plane, wherever it is moved to. Wipes out and paints no more than the square around it. */
function disc(plane: Uint8Array, width: number, radius: number, front: number, back: number) {
  plane.fill(back);
  const size = Math.ceil(2 * radius) + 1;
  const core = Math.max(0, radius - 0.5);
  let left = 0;
  let top = 0;
  return (x: number, y: number) => {
    if (front === back) return;
    for (let row = top; row < top + size; row++)
      plane.fill(back, row * width + left, row * width + Math.min(width, left + size));
    left = Math.floor(x - radius);
    top = Math.floor(y - radius);
    const right = Math.min(width, left + size);
    for (let row = top; row < top + size; row++) {
      const start = row * width;
      const dy = row + 0.5 - y;
      const half = Math.sqrt(Math.max(0, core * core - dy * dy));
      const from = Math.ceil(x - half);
      const to = Math.floor(x + half);
      plane.fill(front, start + from, start + to);
      for (let column = left; column < right; column++) {
        if (column === from && from < to) column = to;
        const dx = column + 0.5 - x;
        // The share of the pixel that the disc covers, as near as its distance from the edge tells it.
        const share = radius + 0.5 - Math.sqrt(dx * dx + dy * dy);
        if (share > 0) plane[start + column] = nearestWhole(back + (front - back) * Math.min(1, share));
      }
    }
  };
}
