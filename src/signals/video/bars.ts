import { createPicture } from '../picture.js';
import type { Levels } from './color.js';
import { createLine, edgePositions, type Field, paintLines, stillRenderer } from './lines.js';
import type { CompletePatternDescription, PatternRenderer } from './pattern.js';

/** A band of fields: its height in any unit, and the pixels of its edges at sizes where a standard gives them. */
export interface Band {
  readonly height: number;
  readonly fields: readonly Field[];
  readonly edgesAt?: { readonly [width: number]: readonly number[] };
}

/** A still picture of bands, one above the other. */
export function drawBars(description: CompletePatternDescription, bands: readonly Band[]): PatternRenderer {
  const { width, height, colorSpace } = description;
  const picture = createPicture(width, height, colorSpace);
  const lines = bands.map((band) => createLine(band.fields, width, picture.colorSpace, band.edgesAt?.[width]));
  const rows = edgePositions(
    height,
    bands.map((band) => band.height),
  );
  paintLines(picture, (row) => lines[rows.findIndex((edge) => edge > row) - 1]);
  return stillRenderer(picture);
}

export const greyLevels = (level: number): Levels => [level, level, level];

export const blackLevels = greyLevels(0);

/** White and the six colours in falling order of luma, as all bars have them. */
export const barColors = (level: number): Levels[] => [
  greyLevels(level),
  [level, level, 0],
  [0, level, level],
  [0, level, 0],
  [level, 0, level],
  [level, 0, 0],
  [0, 0, level],
];
