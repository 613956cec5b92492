import { nearestWhole } from '../maths.js';
import { advance, capHeight, glyphHeight, glyphRow, glyphWidth } from './font.js';
import { type Depth, distanceTo, scanShape } from './shape.js';

/** What a character covers of the samples of a plane: a row, from where to before where, and a share, again and again. */
export type Letter = Float32Array;

/**
 * Writes a character of the font as a round pen would, through the middles of its pixels: smooth at any size. `unit` is
 * how many pixels one of the font's has; at 1 straight strokes are the font's own pixels. It begins at pixel `left`, and
 * the samples are squares of `size` pixels.
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

/** From the left edge of a character to that of the next. */
export const letterAdvance = (unit: number): number => nearestWhole(advance * unit);

/** The largest unit at which so many characters fit: whole, so that their strokes are sharp. */
export const fittingUnit = (characters: number, width: number, height: number): number =>
  Math.max(1, Math.floor(Math.min(width / (characters * advance - 1), height / capHeight)));

function strokesOf(character: string): Depth[] {
  const lit = (x: number, y: number) =>
    x >= 0 && x < glyphWidth && (glyphRow(character, y) >> (glyphWidth - 1 - x)) & 1;
  const strokes: Depth[] = [];
  for (let y = 0; y < glyphHeight; y++) {
    for (let x = 0; x < glyphWidth; x++) {
      if (!lit(x, y)) continue;
      strokes.push(distanceTo(x, y, lit(x + 1, y) ? x + 1 : x, y));
      if (y + 1 === glyphHeight) continue;
      for (const side of [-1, 0, 1]) {
        // Aslant only where there is no way round the corner.
        if (lit(x + side, y + 1) && (!side || !(lit(x + side, y) || lit(x, y + 1))))
          strokes.push(distanceTo(x, y, x + side, y + 1));
      }
    }
  }
  return strokes;
}
