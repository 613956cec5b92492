import type { Levels } from './color.js';
import { layPicture } from './lay-picture.js';
import { createLine, edgePositions, type Field, paintLines, stillRenderer } from './lines.js';
import type { CompletePatternDescription, PatternRenderer } from './pattern.js';
import type { Slices } from './slices.js';

/** A horizontal band of colour fields. */
export interface Band {
  /** The height relative to the other bands. */
  readonly height: number;
  readonly fields: readonly Field[];
  /** The edges of the fields in pixels, for widths at which a standard gives them. */
  readonly edgesAt?: { readonly [width: number]: readonly number[] };
}

/** A still picture of bands, from top to bottom. */
export function* drawBars(description: CompletePatternDescription, bands: readonly Band[]): Slices<PatternRenderer> {
  const { width, height, colorSpace } = description;
  const picture = yield* layPicture(width, height, colorSpace);
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

/** White and the six colours in descending order of luma: the order of all colour bars. */
export const barColors = (level: number): Levels[] => [
  greyLevels(level),
  [level, level, 0],
  [0, level, level],
  [0, level, 0],
  [level, 0, level],
  [level, 0, 0],
  [0, 0, level],
];
