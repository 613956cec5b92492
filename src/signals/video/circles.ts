import { nearestWhole } from '../maths.js';
import { defaultPitch, radiusFromMiddle, renderMixture } from './mixture.js';
import type { Pattern } from './pattern.js';

const params = {
  pitch: { type: 'number', min: 1, max: 16384, unit: 'px' },
  width: { type: 'number', min: 0.5, max: 16384, unit: 'px' },
} as const;

/** Concentric rings of equal width and pitch around the middle. */
export const circles: Pattern<typeof params> = {
  name: 'circles',
  params,
  prepare(description, { pitch = defaultPitch(description.width, description.height), width = pitch / 2 }) {
    const radius = radiusFromMiddle(description);
    return renderMixture(
      description,
      (column, row) => {
        const r = radius(column, row);
        return width / 2 + 0.5 - Math.abs(r - pitch * nearestWhole(r / pitch));
      },
      true,
    );
  },
};

const moireParams = {
  pitch: { type: 'number', default: 8, min: 2, max: 16384, unit: 'px' },
  distance: { type: 'number', min: 0, max: 16384, unit: 'px' },
} as const;

/** Fine rings around two centres that interfere: a pixel is lit where exactly one of the two is. */
export const moire: Pattern<typeof moireParams> = {
  name: 'moire',
  params: moireParams,
  prepare(description, { pitch, distance = Math.min(description.width, description.height) / 6 }) {
    const radius = radiusFromMiddle(description);
    const [middle, y] = [description.width / 2, description.height / 2];
    const rings = (column: number, row: number, x: number) => {
      const r = radius(column, row, x, y) / pitch;
      // From −1 to 1 across the pixel at an edge. A ring is half a pitch wide.
      return Math.max(-1, Math.min(1, 2 * pitch * (Math.abs(r - nearestWhole(r)) - 0.25)));
    };
    return renderMixture(
      description,
      (column, row) => {
        const product = rings(column, row, middle - distance / 2) * rings(column, row, middle + distance / 2);
        return (1 - product) / 2;
      },
      true,
    );
  },
};
