import { createPicture } from '../picture.js';
import type { Levels } from './color.js';
import { edges, type Field, lineOf, paintLines, still } from './lines.js';
import type { CompletePatternDescription, PatternRenderer } from './pattern.js';

/** A band of fields: its height in any unit, and the pixels of its edges at sizes where a standard gives them. */
export interface Band {
  readonly height: number;
  readonly fields: readonly Field[];
  readonly edgesAt?: { readonly [width: number]: readonly number[] };
}

/** A still picture of bands, one above the other. */
export function bars(description: CompletePatternDescription, bands: readonly Band[]): PatternRenderer {
  const { width, height, colorSpace } = description;
  const picture = createPicture(width, height, colorSpace);
  const lines = bands.map((band) => lineOf(band.fields, width, picture.colorSpace, band.edgesAt?.[width]));
  const rows = edges(
    height,
    bands.map((band) => band.height),
  );
  paintLines(picture, (row) => lines[rows.findIndex((edge) => edge > row) - 1]);
  return still(picture);
}

export const grey = (level: number): Levels => [level, level, level];

export const black = grey(0);

/** White and the six colours in falling order of luma, as all bars have them. */
export const colors = (level: number): Levels[] => [
  grey(level),
  [level, level, 0],
  [0, level, level],
  [0, level, 0],
  [level, 0, level],
  [level, 0, 0],
  [0, 0, level],
];
