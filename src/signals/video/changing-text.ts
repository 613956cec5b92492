import { capHeight, glyphHeight, glyphRow, glyphWidth } from './font.js';
import { placeText, type TextPlace } from './lettering.js';
import { type Ink, Painter } from './painter.js';
import type { Slices } from './slices.js';

/** The letters of numbers and times. */
export const DIGITS = '0123456789:.';

/** A centred line of text, of which only the letters that have changed are painted. */
export class ChangingText {
  readonly #painter: Painter;
  readonly #still: Ink;
  readonly #place: TextPlace;
  readonly #length: number;
  readonly #unit: number;
  readonly #ink: Ink;
  readonly #isOver: boolean;
  #shown = '';

  /**
   * @param on The painter of the picture. Its limits and what it remembers stay as they are.
   * @param still The ground behind the text: a colour, or a picture of the same size.
   * @param length The number of letters of each text.
   * @param isOver Paints over what is there, without clearing it first.
   */
  constructor(on: Painter, still: Ink, x: number, y: number, length: number, unit: number, ink: Ink, isOver = false) {
    this.#painter = new Painter(on.picture);
    this.#still = still;
    this.#place = placeText(x, y, length, unit);
    this.#length = length;
    this.#unit = unit;
    this.#ink = ink;
    this.#isOver = isOver;
  }

  /** Outlines letters in slices, so that no frame takes time for that. */
  learn(letters: string): Slices {
    return this.#painter.learn(letters, this.#place, this.#length, this.#unit);
  }

  write(text: string): void {
    const before = this.#shown;
    this.#shown = text;
    if (this.#unit < 0.6) return;
    if (this.#isOver) this.#painter.letters(text, this.#place, this.#unit, this.#ink);
    for (let i = 0; i < text.length && !this.#isOver; i++) {
      if (text[i] !== before[i]) this.#paint(i, descends(text[i]) || descends(before[i]));
    }
  }

  /** Paints the area of a letter. Its neighbours may reach into that by a fraction of a sample. */
  #paint(i: number, isLow: boolean): void {
    const [unit, painter] = [this.#unit, this.#painter];
    const { left, top, advance } = this.#place;
    const from = left + i * advance - 1;
    const [first, end] = [even(from), even(from + glyphWidth * unit + 3.999)];
    const box = [first, top - 2, end, even(top + (isLow ? glyphHeight : capHeight) * unit + 2.999)] as const;
    painter.limit(box);
    painter.fill(box, this.#still);
    painter.letters(this.#shown, this.#place, unit, this.#ink, i - 1, i + 2);
  }
}

/** Whether a letter has pixels below the baseline. */
const descends = (letter = ' '): boolean => (glyphRow(letter, capHeight) | glyphRow(letter, capHeight + 1)) !== 0;

const even = (x: number): number => 2 * Math.floor(x / 2);
