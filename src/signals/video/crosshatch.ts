import { modulo, nearestWhole } from '../maths.js';
import { defaultPitch, radiusFromMiddle, renderMixture, renderMixtureRows } from './mixture.js';
import type { Pattern } from './pattern.js';

const params = {
  pitch: { type: 'number', min: 2, max: 16384, whole: true, unit: 'px' },
  width: { type: 'number', min: 1, max: 16384, whole: true, unit: 'px' },
} as const;

/** A grid of lines in `color` (white) on `background` (black), with a crossing in the middle of the picture. */
export const crosshatch: Pattern<typeof params> = {
  name: 'crosshatch',
  params,
  prepare(
    description,
    { pitch = defaultPitch(description.width, description.height), width = defaultLineWidth(description) },
  ) {
    const isLine = (place: number, size: number) => +(modulo(place - size / 2 + Math.floor(width / 2), pitch) < width);
    const columns = Array.from({ length: description.width }, (_, x) => isLine(x, description.width));
    return renderMixtureRows(description, [columns, columns.map(() => 1)], (row) => isLine(row, description.height));
  },
};

const dotParams = {
  pitch: params.pitch,
  size: { type: 'number', min: 1, max: 16384, unit: 'px' },
} as const;

/** Round dots at the crossings of the crosshatch. */
export const dots: Pattern<typeof dotParams> = {
  name: 'dots',
  params: dotParams,
  prepare(description, { pitch = defaultPitch(description.width, description.height), size = Math.max(2, pitch / 5) }) {
    const nearest = (place: number, middle: number) => middle + pitch * nearestWhole((place + 0.5 - middle) / pitch);
    const radius = radiusFromMiddle(description);
    return renderMixture(
      description,
      (column, row) => {
        const [x, y] = [nearest(column, description.width / 2), nearest(row, description.height / 2)];
        return size / 2 + 0.5 - radius(column, row, x, y);
      },
      true,
    );
  },
};

/** The default width of a line: two pixels, four in ultra-high definition. */
const defaultLineWidth = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  2 * Math.max(1, nearestWhole(Math.min(width, height) / 1080));
