import { type Band, drawBars } from './bars.js';
import { black, toLevels } from './color.js';
import type { Field } from './lines.js';
import type { Pattern } from './pattern.js';

/**
 * The published sRGB values of the classic colour chart by rows: natural colours, mixed colours, primaries, neutrals.
 */
const patches = (
  '735244 c29682 627a9d 576c43 8580b1 67bdaa d67e2c 505ba6 c15a63 5e3c6c 9dbc40 e0a32e ' +
  '383d96 469449 af363c e7c71f bb5695 0885a1 f3f3f2 c8c8c8 a0a0a0 7a7a79 555555 343434'
)
  .split(' ')
  .map((hex) => Number.parseInt(hex, 16))
  .map((rgb) => toLevels({ r: rgb >> 16, g: (rgb >> 8) & 255, b: rgb & 255 }));

/** The 24 patches of the classic colour chart as large squares on `background` (black). */
export const colorChart: Pattern = {
  name: 'color-chart',
  prepare(description) {
    const { width, height, background = black } = description;
    // The gaps between and around the patches are a seventh of their side.
    const unit = Math.min(width / 49, height / 33);
    const margin = { x: (width - 47 * unit) / 2, y: (height - 31 * unit) / 2 };
    const around = toLevels(background);
    const between: Band = { height: unit, fields: [[1, around]] };
    const bands = [0, 6, 12, 18].flatMap((first) => {
      const row = patches.slice(first, first + 6).flatMap((color): Field[] => [
        [unit, around],
        [7 * unit, color],
      ]);
      return [
        between,
        { height: 7 * unit, fields: [[margin.x, around], ...row.slice(1), [margin.x, around]] as Field[] },
      ];
    });
    const edge: Band = { ...between, height: margin.y };
    return drawBars(description, [edge, ...bands.slice(1), edge]);
  },
};
