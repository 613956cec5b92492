import { black, rgbToYcc, white } from './color.js';
import { layPicture } from './lay-picture.js';
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
  *prepare(description, { width: given, direction, period }) {
    const { width, height, colorSpace, color = white, background = black } = description;
    const picture = yield* layPicture(width, height, colorSpace);
    const upright = direction === 'right' || direction === 'left';
    const side = upright ? width : height;
    const bar = Math.min(side, given ?? Math.ceil(side / 16));
    const forth = direction === 'right' || direction === 'down';
    const place = (n: number) => {
      const steps = Math.floor((timeInPeriod(period, n, description) * side) / period);
      return (forth ? steps : side - steps) % side;
    };
    const [ink, paper] = [color, background].map((rgb) => rgbToYcc(rgb, picture.colorSpace));
    /** Whether pixel `i` along the way is in the bar that begins at `at`. The bar wraps around at the edge. */
    const isBar = (i: number, at: number) => (i < at ? i + side : i) - at < bar;
    const colorOf = (i: number, at: number) => (isBar(i, at) ? ink : paper);
    /** Paints the pixels `i` and `i + 1` along the way, across the whole picture. */
    const paint = (i: number, at: number) => {
      const [one, two] = [colorOf(i, at), colorOf(i + 1, at)];
      const u = (2 * (one.u + two.u) + 2) >> 2;
      const v = (2 * (one.v + two.v) + 2) >> 2;
      if (upright) {
        paintColumns(picture.y, width, i, one.y, two.y);
        paintColumns(picture.u, width / 2, i / 2, u);
        paintColumns(picture.v, width / 2, i / 2, v);
      } else {
        picture.y.fill(one.y, i * width, (i + 1) * width).fill(two.y, (i + 1) * width, (i + 2) * width);
        picture.u.fill(u, (i * width) / 4, ((i + 2) * width) / 4);
        picture.v.fill(v, (i * width) / 4, ((i + 2) * width) / 4);
      }
    };
    picture.y.fill(paper.y);
    picture.u.fill(paper.u);
    picture.v.fill(paper.v);
    let before = Number.NaN;
    return {
      picture,
      key: place,
      render(n) {
        const at = place(n);
        for (let i = 0; i < side; i += 2) {
          const isSame = isBar(i, at) === isBar(i, before) && isBar(i + 1, at) === isBar(i + 1, before);
          if (!isSame) paint(i, at);
        }
        before = at;
      },
    };
  },
};

/** Paints one column of a plane, or two. */
function paintColumns(plane: Uint8Array, columns: number, column: number, left: number, right?: number): void {
  for (let at = column; at < plane.length; at += columns) {
    plane[at] = left;
    if (right !== undefined) plane[at + 1] = right;
  }
}
