import { bars, black, colors, grey } from './bars.js';
import type { Pattern } from './pattern.js';

/** ITU-R BT.471, 100/0/75/0: white at 100 %, the colours at 75 %, black. */
export const ebu75: Pattern = {
  name: 'ebu-75',
  prepare: (description) =>
    bars(description, [{ height: 1, fields: [grey(1), ...colors(0.75).slice(1), black].map((color) => [1, color]) }]),
};
