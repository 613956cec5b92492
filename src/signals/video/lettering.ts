import { nearestWhole } from '../maths.js';
import { capHeight, glyphAdvance, glyphHeight, glyphRow, glyphWidth } from './font.js';
import { type Depth, scanShape, segmentDistance } from './shape.js';

/** The samples of a plane that a character covers: groups of four numbers, row, first column, end column, and share. */
export type Letter = Float32Array;

/**
 * Outlines a character of the font as strokes of a round pen through the centres of its pixels, smooth at any size.
 *
 * @param unit Pixels of the picture per pixel of the font. At 1, straight strokes are the pixels of the font.
 * @param left The pixel at which the character begins.
 * @param size The side of a sample in pixels: 1 for luma, 2 for chroma.
 */
export function createLetter(character: string, unit: number, left: number, size: number): Letter {
  const strokes = strokesOf(character);
  const spans: number[] = [];
  const depth: Depth = (x, y) => {
    const column = (x - left) / unit - 0.5;
    const row = y / unit - 0.5;
    let nearest = 1e9;
    for (const distance of strokes) nearest = Math.min(nearest, distance(column, row));
    return (0.5 - nearest) * unit;
  };
  scanShape([left - 1, -1, left + glyphWidth * unit + 1, glyphHeight * unit + 1], size, depth, (...span) =>
    spans.push(...span),
  );
  return new Float32Array(spans);
}

/** Pixels from the left edge of one character to that of the next. */
export const letterAdvance = (unit: number): number => nearestWhole(glyphAdvance * unit);

/** The largest unit at which this many characters fit. It is a whole number, so that strokes are sharp. */
export const fittingUnit = (characters: number, width: number, height: number): number =>
  Math.max(1, Math.floor(Math.min(width / (characters * glyphAdvance - 1), height / capHeight)));

function strokesOf(character: string): Depth[] {
  const isLit = (x: number, y: number) =>
    x >= 0 && x < glyphWidth && (glyphRow(character, y) >> (glyphWidth - 1 - x)) & 1;
  const strokes: Depth[] = [];
  for (let y = 0; y < glyphHeight; y++) {
    for (let x = 0; x < glyphWidth; x++) {
      if (!isLit(x, y)) continue;
      strokes.push(segmentDistance(x, y, isLit(x + 1, y) ? x + 1 : x, y));
      if (y + 1 === glyphHeight) continue;
      for (const side of [-1, 0, 1]) {
        // A diagonal stroke only if the two pixels are not connected around the corner.
        if (isLit(x + side, y + 1) && (!side || !(isLit(x + side, y) || isLit(x, y + 1))))
          strokes.push(segmentDistance(x, y, x + side, y + 1));
      }
    }
  }
  return strokes;
}
