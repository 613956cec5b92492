import { barColors, blackLevels, drawBars, greyLevels } from './bars.js';
import type { Levels } from './color.js';
import type { Pattern } from './pattern.js';

/** Vertical bars of equal width over the whole height. */
const fullBars = (name: string, shown: readonly Levels[]): Pattern => ({
  name,
  prepare: (description) => drawBars(description, [{ height: 1, fields: shown.map((color) => [1, color]) }]),
});

/** The seven bars of EIA-189-A and EG 1 over the whole height. White is at 75 % too: 75/0/75/0. */
export const fullField75 = fullBars('full-field-75', barColors(0.75));

/** The seven bars at 100 %: 100/0/100/0. */
export const fullField100 = fullBars('full-field-100', barColors(1));

const params = { level: { type: 'number', default: 100, min: 0, max: 100, unit: '%' } } as const;

/** Red, green and blue bands, from top to bottom. */
export const barsRgb: Pattern<typeof params> = {
  name: 'bars-rgb',
  params,
  prepare(description, { level }) {
    const [, , , green, , red, blue] = barColors(level / 100);
    return drawBars(
      description,
      [red, green, blue].map((color) => ({ height: 1, fields: [[1, color]] })),
    );
  },
};

/** Ramps from black to red, green and blue, from top to bottom, like FFmpeg's `rgbtestsrc`. */
export const rgbTest: Pattern = {
  name: 'rgb-test',
  prepare(description) {
    const [, , , green, , red, blue] = barColors(1);
    return drawBars(
      description,
      [red, green, blue].map((color) => ({ height: 1, fields: [[1, blackLevels, color]] })),
    );
  },
};

/** A uniform grey. */
const flat = (name: string, level: number): Pattern => fullBars(name, [greyLevels(level)]);

export const blackField = flat('black', 0);

export const whiteField = flat('white', 1);

const greyParams = { level: { type: 'number', default: 50, min: -6, max: 108, unit: '%' } } as const;

/** A uniform grey of `params.level`: 0 % is black, 100 % is white; values beyond are in the footroom and headroom. */
export const greyField: Pattern<typeof greyParams> = {
  name: 'grey',
  params: greyParams,
  prepare: (description, { level }) => drawBars(description, [{ height: 1, fields: [[1, greyLevels(level / 100)]] }]),
};
