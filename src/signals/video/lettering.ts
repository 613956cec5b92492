import { nearestWhole } from '../maths.js';
import { capHeight, glyphAdvance, glyphHeight, glyphRow, glyphWidth } from './font.js';
import { type CoverSpan, type Depth, scanRow } from './shape.js';
import type { Slices } from './slices.js';

/** The samples of a plane that a character covers: groups of four numbers, row, first column, end column, and share. */
export type Letter = Float32Array;

/**
 * Outlines, in slices, a character of the font as strokes of a round pen through the centres of its pixels, smooth at any size.
 *
 * @param unit Pixels of the picture per pixel of the font. At 1, straight strokes are the pixels of the font.
 * @param left The pixel at which the character begins.
 * @param size The side of a sample in pixels: 1 for luma, 2 for chroma.
 */
export function* createLetter(character: string, unit: number, left: number, size: number): Slices<Letter> {
  const strokes = strokesOf(character);
  const spans: number[] = [];
  const near = new Float64Array(strokes.length);
  const reach = 0.5 + (0.5 * size) / unit;
  let count = 0;
  const depth: Depth = (x, y) => (0.5 - distanceTo(near, count, (x - left) / unit - 0.5, y / unit - 0.5)) * unit;
  const take: CoverSpan = (row, from, to, share) => {
    spans.push(row, from, to, share);
  };
  const [first, end] = [left - 1, left + glyphWidth * unit + 1];
  for (let row = Math.floor(-1 / size); row * size < glyphHeight * unit + 1; row++) {
    const y = (row + 0.5) * size;
    // Only these strokes can cover anything of this row.
    count = nearStrokes(strokes, y / unit - 0.5, reach, near);
    if (!count) continue;
    scanRow(row, y, first, end, size, depth, take);
    yield;
  }
  return new Float32Array(spans);
}

/** Pixels from the left edge of one character to that of the next. */
export const letterAdvance = (unit: number): number => nearestWhole(glyphAdvance * unit);

/** The place of a text: its left edge, the top of its capitals, and the distance from letter to letter, in pixels. */
export interface TextPlace {
  readonly left: number;
  readonly top: number;
  readonly advance: number;
}

/** Places a text of this many letters as `Painter.text()` says. */
export function placeText(x: number, y: number, length: number, unit: number, anchor = 0.5): TextPlace {
  const advance = letterAdvance(unit);
  return {
    left: nearestWhole(x - (length * advance - unit) * anchor),
    top: 2 * nearestWhole((y - (capHeight * unit) / 2) / 2),
    advance,
  };
}

/** The largest unit at which this many characters fit. It is a whole number, so that strokes are sharp. */
export const fittingUnit = (characters: number, width: number, height: number): number =>
  Math.max(1, Math.floor(Math.min(width / (characters * glyphAdvance - 1), height / capHeight)));

/** The strokes of a character: groups of four numbers, from x and y to x and y in pixels of the font, downwards. */
function strokesOf(character: string): Float64Array {
  const isLit = (x: number, y: number) =>
    x >= 0 && x < glyphWidth && (glyphRow(character, y) >> (glyphWidth - 1 - x)) & 1;
  const strokes: number[] = [];
  for (let y = 0; y < glyphHeight; y++) {
    for (let x = 0; x < glyphWidth; x++) {
      if (!isLit(x, y)) continue;
      strokes.push(x, y, isLit(x + 1, y) ? x + 1 : x, y);
      if (y + 1 === glyphHeight) continue;
      for (const side of [-1, 0, 1]) {
        // A diagonal stroke only if the two pixels are not connected around the corner.
        if (isLit(x + side, y + 1) && (!side || !(isLit(x + side, y) || isLit(x, y + 1))))
          strokes.push(x, y, x + side, y + 1);
      }
    }
  }
  return Float64Array.from(strokes);
}

/** Copies the strokes that come as near as `reach` to a row. Returns the number of their numbers. */
function nearStrokes(strokes: Float64Array, y: number, reach: number, near: Float64Array): number {
  let count = 0;
  for (let i = 0; i < strokes.length; i += 4) {
    if (strokes[i + 1] - y > reach || y - strokes[i + 3] > reach) continue;
    for (let k = 0; k < 4; k++) near[count++] = strokes[i + k];
  }
  return count;
}

/** The distance of a point from the nearest of some strokes. */
function distanceTo(strokes: Float64Array, count: number, x: number, y: number): number {
  let nearest = 1e9;
  for (let i = 0; i < count; i += 4) {
    const [right, down] = [x - strokes[i], y - strokes[i + 1]];
    const [dx, dy] = [strokes[i + 2] - strokes[i], strokes[i + 3] - strokes[i + 1]];
    const along = Math.max(0, Math.min(1, (right * dx + down * dy) / (dx * dx + dy * dy || 1)));
    const across = right - along * dx;
    const under = down - along * dy;
    nearest = Math.min(nearest, Math.sqrt(across * across + under * under));
  }
  return nearest;
}
