import { nearestWhole, sine } from '../maths.js';
import type { Picture } from '../picture.js';
import { black, encodeYcc, toLevels, white, type Ycc } from './color.js';
import { layPicture } from './lay-picture.js';
import { stillRenderer } from './lines.js';
import type { Pattern } from './pattern.js';
import type { Slices } from './slices.js';

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
  *prepare({ width, height, colorSpace, color = white, background = black }, { shape, angle, stops: given }) {
    const picture = yield* layPicture(width, height, colorSpace);
    const stops = given.length ? [...given].sort((a, b) => a.at - b.at) : [{ color }, { at: 1, color: background }];
    const table = yield* tableOf(
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
    yield;
    const { y, u, v } = picture;
    const [upper, lower] = [0, 1].map(() => new Uint16Array(width));
    const steps = (out: Uint16Array, row: number) => {
      const down2 = row - middleY;
      if (shape === 'radial') radialSteps(out, middleX, down2 * down2, scale);
      else linearSteps(out, middleX, right, down2 * down, scale);
    };
    for (let row = 0; row < height; row += 2) {
      const start = row * width;
      const [mirror, from] = [height - 2 - row, start / 4];
      if (shape === 'linear' && down === 0 && row > 0) {
        // All rows are the same.
        y.copyWithin(start, 0, 2 * width);
        u.copyWithin(from, 0, width / 2);
        v.copyWithin(from, 0, width / 2);
      } else if (shape === 'radial' && mirror < row) {
        y.copyWithin(start, (mirror + 1) * width, (mirror + 2) * width);
        y.copyWithin(start + width, mirror * width, (mirror + 1) * width);
        u.copyWithin(from, (mirror * width) / 4, ((mirror + 2) * width) / 4);
        v.copyWithin(from, (mirror * width) / 4, ((mirror + 2) * width) / 4);
      } else {
        steps(upper, row);
        steps(lower, row + 1);
        paintTwoRows(picture, row, upper, lower, table);
      }
      yield;
    }
    return stillRenderer(picture);
  },
};

/** The steps of the pixels of a row. Small functions that are called per row are optimised well by the engines. */
function linearSteps(out: Uint16Array, middle: number, right: number, down: number, scale: number): void {
  for (let x = 0; x < out.length; x++) out[x] = ((x - middle) * right + down) * scale + STEPS / 2 + 0.5;
}

function radialSteps(out: Uint16Array, middle: number, square: number, scale: number): void {
  for (let x = 0; x < out.length; x++) out[x] = Math.sqrt((x - middle) * (x - middle) + square) * scale + 0.5;
}

function paintTwoRows(
  { width, y, u, v }: Picture,
  row: number,
  upper: Uint16Array,
  lower: Uint16Array,
  table: Table,
): void {
  for (let x = 0, at = row * width, chroma = at / 4; x < width; x += 2, at += 2, chroma++) {
    const [a, b, c, d] = [upper[x], upper[x + 1], lower[x], lower[x + 1]];
    y[at] = table.y[a];
    y[at + 1] = table.y[b];
    y[at + width] = table.y[c];
    y[at + width + 1] = table.y[d];
    u[chroma] = (table.u[a] + table.u[b] + table.u[c] + table.u[d] + 2) >> 2;
    v[chroma] = (table.v[a] + table.v[b] + table.v[c] + table.v[d] + 2) >> 2;
  }
}

/** The components of each step. */
type Table = Readonly<Record<keyof Ycc, Uint8Array>>;

/** The colours of all steps. */
function* tableOf(stops: readonly { readonly at: number; readonly color: Ycc }[]): Slices<Table> {
  const planeOf = function* (plane: keyof Ycc): Slices<Uint8Array> {
    const out = new Uint8Array(STEPS + 1);
    for (let i = 0, next = 0; i <= STEPS; i++) {
      while (next < stops.length && stops[next].at <= i / STEPS) next++;
      const [a, b] = [stops[Math.max(0, next - 1)], stops[Math.min(stops.length - 1, next)]];
      const [from, to] = [a.color[plane], b.color[plane]];
      out[i] = nearestWhole(a === b ? from : from + (to - from) * ((i / STEPS - a.at) / (b.at - a.at)));
      if (i % 256 === 0) yield;
    }
    return out;
  };
  return { y: yield* planeOf('y'), u: yield* planeOf('u'), v: yield* planeOf('v') };
}
