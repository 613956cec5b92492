import { barColors, blackLevels, drawBars, greyLevels } from './bars.js';
import type { CompletePatternDescription, Pattern, PatternRenderer } from './pattern.js';
import type { Slices } from './slices.js';

/** ITU-R BT.471, 100/0/75/0: white at 100 %, the six colours at 75 %, black. */
export const ebu75: Pattern = { name: 'ebu-75', prepare: (description) => eightBars(description, 0.75) };

/** ITU-R BT.471, 100/0/100/0: white, the six colours and black at 100 %. */
export const ebu100: Pattern = { name: 'ebu-100', prepare: (description) => eightBars(description, 1) };

function eightBars(description: CompletePatternDescription, level: number): Slices<PatternRenderer> {
  const fields = [greyLevels(1), ...barColors(level).slice(1), blackLevels];
  return drawBars(description, [{ height: 1, fields: fields.map((color) => [1, color]) }]);
}
