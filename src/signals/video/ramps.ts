import { nearestWhole } from '../maths.js';
import type { Params, ParamValues } from '../params.js';
import { drawBars } from './bars.js';
import { encodeYcc, type Levels, mixYcc, type Ycc } from './color.js';
import { layPicture } from './lay-picture.js';
import { type Line, paintLines, stillRenderer } from './lines.js';
import type { CompletePatternDescription, Pattern, PatternRenderer } from './pattern.js';
import type { Slices } from './slices.js';

type Component = 'y' | 'cb' | 'cr' | 'red' | 'green' | 'blue';
type Range = 'nominal' | 'extended';

/** The direction of a ramp or of a movement. */
export const directionParam = { type: 'choice', default: 'right', options: ['right', 'left', 'down', 'up'] } as const;

const params = {
  component: { type: 'choice', default: 'y', options: ['y', 'cb', 'cr', 'red', 'green', 'blue'] },
  direction: directionParam,
  range: { type: 'choice', default: 'nominal', options: ['nominal', 'extended'] },
} as const satisfies Params;

const levelsParam = { levels: { type: 'number', default: 11, min: 2, max: 256, whole: true } } as const;

/** The ends of a ramp of one component. The other components are in the middle; for red, green or blue they are 0. */
function ends(component: Component, range: Range): (Levels | Ycc)[] {
  const nominal = range === 'nominal';
  const chroma = component[0] === 'c';
  return (nominal ? [16, chroma ? 240 : 235] : [1, 254]).map((value) => {
    const luma = nominal ? 125.5 : 127.5;
    const share = (value - 16) / 219;
    return {
      y: { y: value, u: 128, v: 128 },
      cb: { y: luma, u: value, v: 128 },
      cr: { y: luma, u: 128, v: value },
      red: [share, 0, 0] as const,
      green: [0, share, 0] as const,
      blue: [0, 0, share] as const,
    }[component];
  });
}

/** A still ramp in one direction. `shareOf` gives the progress, from 0 to 1, at pixel `i` of `size`. */
function* renderRamp(
  { width, height, colorSpace }: CompletePatternDescription,
  { component, direction, range }: ParamValues<typeof params>,
  shareOf: (i: number, size: number) => number,
): Slices<PatternRenderer> {
  const picture = yield* layPicture(width, height, colorSpace);
  const [from, to] = ends(component, range).map((color) => encodeYcc(color, picture.colorSpace));
  const across = direction === 'right' || direction === 'left';
  const size = across ? width : height;
  const back = direction === 'left' || direction === 'up';
  const colorAt = (i: number) => mixYcc(from, to, shareOf(back ? size - 1 - i : i, size));
  const lineOf = (colors: readonly Ycc[]): Line => {
    const planeOf = (key: keyof Ycc) =>
      across
        ? Uint8Array.from(colors, (color) => nearestWhole(color[key]))
        : new Uint8Array(width).fill(nearestWhole(colors[0][key]));
    return { y: planeOf('y'), u: planeOf('u'), v: planeOf('v') };
  };
  const line = across && lineOf(Array.from({ length: width }, (_, x) => colorAt(x)));
  paintLines(picture, (row) => line || lineOf([colorAt(row)]));
  return stillRenderer(picture);
}

/** One component from its minimum to its maximum. */
export const ramp: Pattern<typeof params> = {
  name: 'ramp',
  params,
  prepare: (description, values) => renderRamp(description, values, (i, size) => i / (size - 1)),
};

/** One component from its minimum to its maximum in equal steps. */
export const staircase: Pattern<typeof params & typeof levelsParam> = {
  name: 'staircase',
  params: { ...levelsParam, ...params },
  prepare: (description, { levels, ...values }) =>
    renderRamp(description, values, (i, size) => Math.floor(((i + 0.5) * levels) / size) / (levels - 1)),
};

const yuvParams = { range: { ...params.range, default: 'extended' } } as const;

/** Ramps of Y, Cb and Cr, from top to bottom, like FFmpeg's `yuvtestsrc` but without the reserved codes 0 and 255. */
export const yuvTest: Pattern<typeof yuvParams> = {
  name: 'yuv-test',
  params: yuvParams,
  prepare: (description, { range }) =>
    drawBars(
      description,
      (['y', 'cb', 'cr'] as const).map((component) => {
        const [from, to] = ends(component, range);
        return { height: 1, fields: [[1, from, to]] };
      }),
    ),
};
