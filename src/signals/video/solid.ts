import { drawBars } from './bars.js';
import { black, toLevels } from './color.js';
import type { Pattern } from './pattern.js';

const params = {
  ycbcr: { type: 'list', default: [], item: { type: 'number', min: 0, max: 255, whole: true }, min: 3, max: 3 },
} as const;

/** A uniform colour: exactly `params.ycbcr` if given, else `color` (default black). */
export const solid: Pattern<typeof params> = {
  name: 'solid',
  params,
  prepare(description, { ycbcr: [y, u, v] }) {
    const color = y === undefined ? toLevels(description.color ?? black) : { y, u, v };
    return drawBars(description, [{ height: 1, fields: [[1, color]] }]);
  },
};
