import type { Picture } from '../picture.js';
import { Brush } from './brush.js';
import { black, encodeYcc, type Levels, toLevels, white, type Ycc } from './color.js';
import { layPicture } from './lay-picture.js';
import { createLetter, type Letter, placeText, type TextPlace } from './lettering.js';
import type { CompletePatternDescription } from './pattern.js';
import { type Box, type CoverSpan, type Depth, scanLine, scanRing, scanShape } from './shape.js';
import { finish, type Slices } from './slices.js';

/** Paint: a colour, or another picture of the same size, which is copied at the same place. */
export type Ink = Levels | Ycc | Picture;

/**
 * Paints on all planes of a picture with antialiasing: each sample gets the share of the ink that the shape covers of
 * it. Coordinates are pixels and may have fractions. Shapes are clipped to the picture.
 */
export class Painter {
  readonly picture: Picture;
  readonly #brushes: readonly [luma: Brush, chroma: Brush];
  readonly #letters = new Map<string, Letter>();

  constructor(picture: Picture) {
    this.picture = picture;
    this.#brushes = [new Brush(picture, 1), new Brush(picture, 2)];
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
    const { height } = this.picture;
    this.#onPlanes(ink, (size, take) => scanRing(x, y, 0, radius, size, height / size, take));
  }

  /** Draws a circle. The middle of its line is at the radius. */
  ring(x: number, y: number, radius: number, thickness: number, ink: Ink): void {
    const { height } = this.picture;
    this.#onPlanes(ink, (size, take) => scanRing(x, y, radius, thickness / 2, size, height / size, take));
  }

  /** Draws a circle as {@link ring} does, in slices. */
  *circle(x: number, y: number, radius: number, thickness: number, ink: Ink): Slices {
    const { height } = this.picture;
    for (let top = 0; top < height; top += BAND) {
      const bottom = Math.min(height, top + BAND);
      this.#onPlanes(ink, (size, take) => scanRing(x, y, radius, thickness / 2, size, bottom / size, take, top / size));
      yield;
    }
  }

  /** Draws a straight line with round ends. */
  line(fromX: number, fromY: number, toX: number, toY: number, thickness: number, ink: Ink): void {
    const { width, height } = this.picture;
    const ends = [fromX, fromY, toX, toY] as const;
    this.#onPlanes(ink, (size, take) => scanLine(ends, thickness, width, height, size, take));
  }

  /**
   * Fills a box with a share of the ink per pixel, in slices.
   *
   * @param areRowsEqual Computes one row, and repeats it.
   */
  *shade(
    [left, top, right, bottom]: Box,
    share: (column: number, row: number) => number,
    ink: Ink,
    areRowsEqual = false,
  ): Slices {
    const { width, height } = this.picture;
    const [x0, y0] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
    const [x1, y1] = [Math.min(width, Math.ceil(right)), Math.min(height, Math.ceil(bottom))];
    if (x1 <= x0 || y1 <= y0) return;
    // Begins and ends at whole chroma samples: the pixels between are outside of the box and have no share.
    const first = x0 - (x0 & 1);
    const across = x1 + (x1 & 1) - first;
    const [upper, lower] = [0, 1].map(() => new Float32Array(across));
    const means = new Float64Array(across / 2);
    const [luma, chroma] = this.#brushes;
    for (let row = y0 - (y0 & 1); row < y1; row += 2) {
      // Other shapes may be painted between two slices.
      luma.ink = chroma.ink = this.#source(ink);
      if (!areRowsEqual || row < y0 + 2 || row + 1 >= y1) {
        shareRow(upper, row >= y0 && row < y1, first, x0, x1, row, share);
        shareRow(lower, row + 1 < y1, first, x0, x1, row + 1, share);
        for (let i = 0; i < means.length; i++) {
          means[i] = (upper[2 * i] + upper[2 * i + 1] + lower[2 * i] + lower[2 * i + 1]) / 4;
        }
      }
      luma.blend(row, first, upper);
      luma.blend(row + 1, first, lower);
      chroma.blend(row / 2, first / 2, means);
      yield;
    }
  }

  /**
   * Draws text. Text that would be too small to read is left out.
   *
   * @param y The vertical middle of the capitals.
   * @param unit Pixels per pixel of the font.
   * @param anchor The part of the text at `x`: 0 its left end, 0.5 its middle, 1 its right end.
   */
  text(x: number, y: number, text: string, unit: number, ink: Ink, anchor = 0.5): void {
    this.letters(text, placeText(x, y, text.length, unit, anchor), unit, ink);
  }

  /** Draws some letters of a text that has been placed. */
  letters(text: string, { left: start, top, advance }: TextPlace, unit: number, ink: Ink, from = 0, to = 1e9): void {
    if (unit < 0.6) return;
    this.#onPlanes(ink, (size, take) => {
      [...text].forEach((character, i) => {
        if (i < from || i >= to) return;
        const left = start + i * advance;
        const odd = left & 1;
        const letter = finish(this.#letter(character, unit, odd, size));
        const column = (left - odd) / size;
        for (let at = 0; at < letter.length; at += 4)
          take(letter[at] + top / size, letter[at + 1] + column, letter[at + 2] + column, letter[at + 3]);
      });
    });
  }

  /** Draws text as {@link text} does, in slices. */
  *writing(x: number, y: number, text: string, unit: number, ink: Ink, anchor = 0.5): Slices {
    const place = placeText(x, y, text.length, unit, anchor);
    for (let i = 0; i < text.length && unit >= 0.6; i++) {
      const odd = (place.left + i * place.advance) & 1;
      for (const { size } of this.#brushes) yield* this.#letter(text[i], unit, odd, size);
    }
    this.letters(text, place, unit, ink);
  }

  /** Outlines letters in slices, so that drawing them in texts of this length at a place takes no time for that. */
  *learn(letters: string, { left, advance }: TextPlace, length: number, unit: number): Slices {
    if (unit < 0.6) return;
    const odds = new Set(Array.from({ length }, (_, i) => (left + i * advance) & 1));
    for (const letter of letters)
      for (const odd of odds) for (const { size } of this.#brushes) yield* this.#letter(letter, unit, odd, size);
  }

  *#letter(character: string, unit: number, odd: number, size: number): Slices<Letter> {
    const name = `${size}${odd}${character}${unit}`;
    const known = this.#letters.get(name);
    if (known) return known;
    const letter = yield* createLetter(character, unit, odd, size);
    this.#letters.set(name, letter);
    return letter;
  }

  /** Remembers from now on where it paints, until {@link erase}. */
  remember(): void {
    for (const brush of this.#brushes) brush.remember();
  }

  /** Copies a picture to all places that were painted since the last time: the cheap way to move something. */
  erase(still: Picture): void {
    for (const brush of this.#brushes) brush.erase(still);
  }

  /** Until the next call, paints only within a box, whose sides are even numbers. */
  limit([left, top, right, bottom]: Box): void {
    for (const brush of this.#brushes) {
      const { size } = brush;
      brush.limit();
      for (let row = top / size; row < bottom / size; row++) brush.allow(row, left / size, right / size);
    }
  }

  /**
   * Until the next call, paints only within a part of each row of each plane.
   *
   * @param partOf Gives the part at the height `y`, the middle of the row, in pixels. It is empty if `from` > `to`.
   */
  limitRows(partOf: (y: number, size: number) => readonly [from: number, to: number]): void {
    for (const brush of this.#brushes) {
      const { size, rows } = brush;
      brush.limit();
      for (let row = 0; row < rows; row++) {
        const [from, to] = partOf((row + 0.5) * size, size);
        if (to > from) brush.allow(row, Math.floor(from / size), Math.ceil(to / size));
      }
    }
  }

  #source(ink: Ink): Ycc | Picture {
    return 'width' in ink ? ink : encodeYcc(ink, this.picture.colorSpace);
  }

  #onPlanes(ink: Ink, draw: (size: number, take: CoverSpan) => void): void {
    const source = this.#source(ink);
    for (const brush of this.#brushes) {
      brush.ink = source;
      draw(brush.size, brush.take);
    }
  }
}

/** The rows of a circle that are drawn together, an even number. */
const BAND = 64;

/**
 * A black picture for a description, its painter, and its `color` (ink, default white) and `background` (paper, default
 * black).
 */
export function* createPainter({
  width,
  height,
  colorSpace,
  color = white,
  background = black,
}: CompletePatternDescription) {
  const picture = yield* layPicture(width, height, colorSpace);
  return { picture, painter: new Painter(picture), ink: toLevels(color), paper: toLevels(background) };
}

/** Fills a row with the shares of a box's pixels; the others have none. */
function shareRow(
  shares: Float32Array,
  isInside: boolean,
  first: number,
  from: number,
  to: number,
  row: number,
  share: (column: number, row: number) => number,
): void {
  if (!isInside) shares.fill(0);
  else for (let x = from; x < to; x++) shares[x - first] = Math.max(0, Math.min(1, share(x, row)));
}
