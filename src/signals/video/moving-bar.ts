import { createPicture } from '../picture.js';
import { black, toLevels, white } from './color.js';
import { createLine, type Field, paintLines } from './lines.js';
import type { Pattern } from './pattern.js';
import { directionParam } from './ramps.js';
import { timeInPeriod } from './time.js';

const params = {
  width: { type: 'number', min: 1, max: 16384, whole: true, unit: 'px' },
  direction: directionParam,
  period: { type: 'number', default: 4, min: 0.01, max: 86400, unit: 's' },
} as const;

/** A bar in `color` (white) that crosses a `background` (black) by whole pixels and wraps around at the edge. */
export const movingBar: Pattern<typeof params> = {
  name: 'moving-bar',
  params,
  prepare(description, { width: given, direction, period }) {
    const { width, height, colorSpace, color = white, background = black } = description;
    const picture = createPicture(width, height, colorSpace);
    const upright = direction === 'right' || direction === 'left';
    const side = upright ? width : height;
    const bar = Math.min(side, given ?? Math.ceil(side / 16));
    const forth = direction === 'right' || direction === 'down';
    const place = (n: number) => {
      const steps = Math.floor((timeInPeriod(period, n, description) * side) / period);
      return (forth ? steps : side - steps) % side;
    };
    const pair = [toLevels(color), toLevels(background)];
    const plain = pair.map((each) => createLine([[1, each]], width, picture.colorSpace));
    return {
      picture,
      key: place,
      render(n) {
        const at = place(n);
        // The part of the bar that has left the picture reappears at the opposite edge.
        const edges = [0, Math.max(0, at + bar - side), at, Math.min(side, at + bar), side];
        if (upright) {
          const fields = [0, 1, 2, 3].map((i): Field => [1, pair[i % 2]]);
          const line = createLine(fields, width, picture.colorSpace, edges);
          paintLines(picture, () => line);
        } else {
          paintLines(picture, (row) => plain[edges.findIndex((edge) => edge > row) % 2 ? 0 : 1]);
        }
      },
    };
  },
};
