import { nearestWhole } from '../maths.js';
import type { Picture } from '../picture.js';
import { glyphHeight, glyphRow, glyphWidth } from './font.js';

/** A character as the share of each pixel that it covers. */
export interface Letter {
  readonly width: number;
  readonly height: number;
  readonly shares: Float32Array;
}

/** A pen stroke between the middles of two pixels of the font. */
type Stroke = readonly [fromX: number, fromY: number, toX: number, toY: number];

/**
 * Writes the font's characters as a round pen would, through the middles of their pixels: smooth at any size. `unit` is
 * how many pixels one of the font's has; at 1 straight strokes are the font's own pixels. What is written once is kept
 * as long as the picture is.
 */
export function letterOf(picture: Picture, character: string, unit: number): Letter {
  const letters = written.get(picture) ?? new Map<string, Letter>();
  written.set(picture, letters);
  const name = character + unit;
  const letter = letters.get(name) ?? write(character, unit);
  letters.set(name, letter);
  return letter;
}

const written = new WeakMap<Picture, Map<string, Letter>>();

/** From the left edge of a character to that of the next. */
export const letterAdvance = (unit: number): number => nearestWhole(6 * unit);

function write(character: string, unit: number): Letter {
  const strokes = strokesOf(character);
  const [width, height] = [Math.ceil(glyphWidth * unit), Math.ceil(glyphHeight * unit)];
  const shares = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [((i % width) + 0.5) / unit - 0.5, (Math.floor(i / width) + 0.5) / unit - 0.5];
    let nearest = 1e9;
    for (const stroke of strokes) nearest = Math.min(nearest, squareTo(stroke, x, y));
    return Math.max(0, Math.min(1, 0.5 + (0.5 - Math.sqrt(nearest)) * unit));
  });
  return { width, height, shares };
}

function strokesOf(character: string): Stroke[] {
  const lit = (x: number, y: number) =>
    x >= 0 && x < glyphWidth && (glyphRow(character, y) >> (glyphWidth - 1 - x)) & 1;
  const strokes: Stroke[] = [];
  for (let y = 0; y < glyphHeight; y++) {
    for (let x = 0; x < glyphWidth; x++) {
      if (!lit(x, y)) continue;
      strokes.push([x, y, x, y], ...(lit(x + 1, y) ? [[x, y, x + 1, y] as const] : []));
      if (y + 1 === glyphHeight) continue;
      for (const side of [-1, 0, 1]) {
        // Aslant only where there is no way round the corner.
        if (lit(x + side, y + 1) && (!side || !(lit(x + side, y) || lit(x, y + 1))))
          strokes.push([x, y, x + side, y + 1]);
      }
    }
  }
  return strokes;
}

/** The square of the distance from a point to the nearest one of a stroke. */
export function squareTo([fromX, fromY, toX, toY]: Stroke, x: number, y: number): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / length)) : 0;
  const [a, b] = [x - fromX - along * dx, y - fromY - along * dy];
  return a * a + b * b;
}
