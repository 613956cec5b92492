import { bars } from './bars.js';
import { black, levels } from './color.js';
import type { Pattern } from './pattern.js';

/** One colour all over: `color`, black unless given. */
export const solid: Pattern = {
  name: 'solid',
  prepare: (description) => bars(description, [{ height: 1, fields: [[1, levels(description.color ?? black)]] }]),
};
