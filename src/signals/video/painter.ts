import { nearestWhole } from '../maths.js';
import { createPicture, type Picture } from '../picture.js';
import { black, encodeYcc, type Levels, toLevels, white, type Ycc } from './color.js';
import { capHeight } from './font.js';
import { createLetter, type Letter, letterAdvance } from './lettering.js';
import type { CompletePatternDescription } from './pattern.js';
import { type Box, type CoverSpan, type Depth, scanShape, segmentDistance } from './shape.js';

/** Paint: a colour, or another picture of the same size, which is copied at the same place. */
export type Ink = Levels | Ycc | Picture;

/**
 * Paints on all planes of a picture with antialiasing: each sample gets the share of the ink that the shape covers of
 * it. Coordinates are pixels and may have fractions. Shapes are clipped to the picture.
 */
export class Painter {
  readonly picture: Picture;
  readonly #letters = new Map<string, Letter>();

  constructor(picture: Picture) {
    this.picture = picture;
  }

  fill([left, top, right, bottom]: Box, ink: Ink): void {
    const { width, height } = this.picture;
    this.#onPlanes(ink, (size, take) => {
      const [from, to] = [Math.max(0, left) / size, Math.min(width, right) / size];
      const [first, last] = [Math.max(0, top) / size, Math.min(height, bottom) / size];
      for (let row = Math.floor(first); row < last; row++) {
        const tall = Math.min(row + 1, last) - Math.max(row, first);
        for (let column = Math.floor(from), end = column; column < to; column = end) {
          const share = (Math.min(column + 1, to) - Math.max(column, from)) * tall;
          end = share === 1 ? Math.floor(to) : column + 1;
          take(row, column, end, share);
        }
      }
    });
  }

  /** Fills the whole picture. */
  cover(ink: Ink): void {
    this.fill([0, 0, this.picture.width, this.picture.height], ink);
  }

  /** Fills a shape that lies within a box. */
  shape([left, top, right, bottom]: Box, depth: Depth, ink: Ink): void {
    const { width, height } = this.picture;
    const box = [Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom)] as const;
    this.#onPlanes(ink, (size, take) => scanShape(box, size, depth, take));
  }

  disc(x: number, y: number, radius: number, ink: Ink): void {
    this.#round(x, y, radius, (r) => radius - r, ink);
  }

  /** Draws a circle. The middle of its line is at the radius. */
  ring(x: number, y: number, radius: number, thickness: number, ink: Ink): void {
    this.#round(x, y, radius + thickness / 2, (r) => thickness / 2 - Math.abs(r - radius), ink);
  }

  /** Draws a straight line with round ends. */
  line(fromX: number, fromY: number, toX: number, toY: number, thickness: number, ink: Ink): void {
    const distance = segmentDistance(fromX, fromY, toX, toY);
    const depth: Depth = (x, y) => thickness / 2 - distance(x, y);
    const reach = thickness / 2 + 1;
    const [left, right] = [Math.min(fromX, toX) - reach, Math.max(fromX, toX) + reach];
    this.shape([left, Math.min(fromY, toY) - reach, right, Math.max(fromY, toY) + reach], depth, ink);
  }

  /** Fills a box with a share of the ink per pixel. */
  shade([left, top, right, bottom]: Box, share: (column: number, row: number) => number, ink: Ink): void {
    const { width, height } = this.picture;
    const [x0, y0] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
    const [x1, y1] = [Math.min(width, Math.ceil(right)), Math.min(height, Math.ceil(bottom))];
    // Begins at a whole chroma sample.
    const [column, row] = [x0 - (x0 & 1), y0 - (y0 & 1)];
    const across = x1 + (x1 & 1) - column;
    if (x1 <= x0 || y1 <= y0) return;
    const shares = new Float32Array(across * (y1 + (y1 & 1) - row));
    for (let y = y0; y < y1; y++)
      for (let x = x0; x < x1; x++) shares[(y - row) * across + x - column] = Math.max(0, Math.min(1, share(x, y)));
    this.#onPlanes(ink, (size, take) => {
      for (let i = 0, y = row / size; i < shares.length; y++, i += across * (size - 1))
        for (let x = column / size, end = x + across / size; x < end; x++, i += size) {
          const four = size > 1 && shares[i] + shares[i + 1] + shares[i + across] + shares[i + across + 1];
          const part = four === false ? shares[i] : four / 4;
          if (part) take(y, x, x + 1, part);
        }
    });
  }

  /**
   * Draws text. Text that would be too small to read is left out.
   *
   * @param y The vertical middle of the capitals.
   * @param unit Pixels per pixel of the font.
   * @param anchor The part of the text at `x`: 0 its left end, 0.5 its middle, 1 its right end.
   */
  text(x: number, y: number, text: string, unit: number, ink: Ink, anchor = 0.5): void {
    if (unit < 0.6) return;
    const advance = letterAdvance(unit);
    const start = nearestWhole(x - (text.length * advance - unit) * anchor);
    const top = 2 * nearestWhole((y - (capHeight * unit) / 2) / 2);
    this.#onPlanes(ink, (size, take) => {
      [...text].forEach((character, i) => {
        const left = start + i * advance;
        const odd = left & 1;
        const name = `${size}${odd}${character}${unit}`;
        const letter = this.#letters.get(name) ?? createLetter(character, unit, odd, size);
        this.#letters.set(name, letter);
        const column = (left - odd) / size;
        for (let at = 0; at < letter.length; at += 4)
          take(letter[at] + top / size, letter[at + 1] + column, letter[at + 2] + column, letter[at + 3]);
      });
    });
  }

  #round(x: number, y: number, reach: number, depth: (radius: number) => number, ink: Ink): void {
    const inside: Depth = (column, row) => {
      return depth(Math.sqrt((column - x) * (column - x) + (row - y) * (row - y)));
    };
    this.shape([x - reach - 1, y - reach - 1, x + reach + 1, y + reach + 1], inside, ink);
  }

  #onPlanes(ink: Ink, draw: (size: number, take: CoverSpan) => void): void {
    const { picture } = this;
    const source = 'width' in ink ? ink : encodeYcc(ink, picture.colorSpace);
    for (const [size, ...keys] of [[1, 'y'] as const, [2, 'u', 'v'] as const]) {
      const [columns, rows] = [picture.width / size, picture.height / size];
      const takes = keys.map((key) => createBlender(picture[key], source[key]));
      draw(size, (row, from, to, share) => {
        const start = row * columns;
        if (row >= 0 && row < rows)
          for (const take of takes) take(start + Math.max(0, from), start + Math.min(columns, to), share);
      });
    }
  }
}

/**
 * A black picture for a description, its painter, and its `color` (ink, default white) and `background` (paper, default
 * black).
 */
export function createPainter({
  width,
  height,
  colorSpace,
  color = white,
  background = black,
}: CompletePatternDescription) {
  const picture = createPicture(width, height, colorSpace);
  return { picture, painter: new Painter(picture), ink: toLevels(color), paper: toLevels(background) };
}

/** A function that blends a level, or the samples of another plane, into a plane. */
function createBlender(plane: Uint8Array, source: number | Uint8Array) {
  const blend = (from: number, to: number, share: number) => nearestWhole(from + (to - from) * share);
  if (typeof source === 'number') {
    const level = nearestWhole(source);
    return (from: number, to: number, share: number) => {
      if (share === 1) plane.fill(level, from, Math.max(from, to));
      else for (let i = from; i < to; i++) plane[i] = blend(plane[i], level, share);
    };
  }
  return (from: number, to: number, share: number) => {
    if (share === 1 && to > from + 8) plane.set(source.subarray(from, to), from);
    else for (let i = from; i < to; i++) plane[i] = blend(plane[i], source[i], share);
  };
}
