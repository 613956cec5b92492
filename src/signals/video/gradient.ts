import { nearestWhole, sine } from '../maths.js';
import { createPicture } from '../picture.js';
import { black, encodeYcc, mixYcc, toLevels, white, type Ycc } from './color.js';
import { stillRenderer } from './lines.js';
import type { Pattern } from './pattern.js';

const params = {
  shape: { type: 'choice', default: 'linear', options: ['linear', 'radial'] },
  angle: { type: 'number', default: 0, unit: '°' },
  stops: {
    type: 'list',
    default: [],
    item: {
      at: { type: 'number', default: 0, min: 0, max: 1 },
      color: { type: 'color', default: black },
    },
  },
} as const;

/** The number of steps of a gradient: far more than levels, and usually more than pixels. */
const STEPS = 16384;

/**
 * A gradient from `color` (white) to `background` (black), or through `params.stops`: linear across the whole picture,
 * or radial from the middle to the corners.
 */
export const gradient: Pattern<typeof params> = {
  name: 'gradient',
  params,
  prepare({ width, height, colorSpace, color = white, background = black }, { shape, angle, stops: given }) {
    const picture = createPicture(width, height, colorSpace);
    const stops = given.length ? [...given].sort((a, b) => a.at - b.at) : [{ color }, { at: 1, color: background }];
    const table = tableOf(
      stops.map((stop) => ({ at: 0, ...stop, color: encodeYcc(toLevels(stop.color), picture.colorSpace) })),
    );
    const turns = angle / 360;
    const [right, down] = [sine(turns + 0.25), sine(turns)];
    const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
    // The corner pixels have exactly the colours of the ends.
    const scale =
      shape === 'linear'
        ? STEPS / (2 * (Math.abs(right) * middleX + Math.abs(down) * middleY))
        : STEPS / Math.sqrt(middleX * middleX + middleY * middleY);
    const linear = shape === 'linear';
    const stepAt = (column: number, row: number) => {
      const x = column - middleX;
      const y = row - middleY;
      const distance = linear ? (x * right + y * down) * scale + STEPS / 2 : Math.sqrt(x * x + y * y) * scale;
      return nearestWhole(distance);
    };
    const { y, u, v } = picture;
    for (let row = 0, chroma = 0; row < height; row += 2) {
      for (let column = 0; column < width; column += 2, chroma++) {
        let sumU = 2;
        let sumV = 2;
        for (let i = 0; i < 4; i++) {
          const x = column + (i & 1);
          const line = row + (i >> 1);
          const step = stepAt(x, line);
          y[line * width + x] = table.y[step];
          sumU += table.u[step];
          sumV += table.v[step];
        }
        u[chroma] = sumU >> 2;
        v[chroma] = sumV >> 2;
      }
    }
    return stillRenderer(picture);
  },
};

/** The colours of all steps. */
function tableOf(stops: readonly { readonly at: number; readonly color: Ycc }[]) {
  const colors = Array.from({ length: STEPS + 1 }, (_, i) => {
    const next = stops.findIndex(({ at }) => at > i / STEPS);
    if (next <= 0) return stops[next ? stops.length - 1 : 0].color;
    const [a, b] = [stops[next - 1], stops[next]];
    return mixYcc(a.color, b.color, (i / STEPS - a.at) / (b.at - a.at));
  });
  const planeOf = (plane: keyof Ycc) => Uint8Array.from(colors, (color) => nearestWhole(color[plane]));
  return { y: planeOf('y'), u: planeOf('u'), v: planeOf('v') };
}
