import { nearestWhole } from '../maths.js';
import type { Picture } from '../picture.js';
import { capHeight, glyphAdvance, glyphHeight, glyphRow, glyphWidth } from './font.js';

/** A line of white text on a black box, horizontally centred in a picture. */
export interface TextBox {
  /** Sets the text. Only changed characters are drawn. */
  write(text: string): void;
  /** Copies the box into the picture. */
  show(): void;
}

/** Pixels per pixel of the font in a picture of this height: capitals are 1/26 of the height. */
export const textScale = (height: number): number => Math.max(1, nearestWhole(height / 180));

/** A box for text of this many characters with its lower edge at row `bottom`. Text that is too wide is scaled down. */
export function createTextBox(picture: Picture, length: number, bottom: number): TextBox {
  const { width, height } = picture;
  const units = length * glyphAdvance - 1 + 2 * PADDING;
  const scale = Math.max(1, Math.min(textScale(height), Math.floor((width * 0.95) / units)));
  // Even position and size, so that the box has whole chroma samples.
  const boxWidth = Math.min(width, even(units * scale + 1));
  const boxHeight = Math.min(height, even((capHeight + 2 * PADDING) * scale + 1));
  const left = even((width - boxWidth) / 2);
  const top = even(Math.max(0, bottom - boxHeight));
  const pixels = new Uint8Array(boxWidth * boxHeight).fill(BLACK);
  const shown: string[] = [];

  const draw = (character: string, index: number) => {
    for (let row = 0; row < glyphHeight * scale; row++) {
      const bits = glyphRow(character, Math.floor(row / scale));
      for (let column = 0; column < glyphWidth * scale; column++) {
        const x = (PADDING + index * glyphAdvance) * scale + column;
        const y = PADDING * scale + row;
        const lit = (bits >> (glyphWidth - 1 - Math.floor(column / scale))) & 1;
        if (x < boxWidth && y < boxHeight) pixels[y * boxWidth + x] = lit ? WHITE : BLACK;
      }
    }
  };

  return {
    write(text) {
      [...text].forEach((character, i) => {
        if (character !== shown[i]) draw(character, i);
        shown[i] = character;
      });
    },
    show() {
      for (let row = 0; row < boxHeight; row++) {
        picture.y.set(pixels.subarray(row * boxWidth, (row + 1) * boxWidth), (top + row) * width + left);
      }
      for (let row = 0; row < boxHeight / 2; row++) {
        const start = ((top / 2 + row) * width + left) / 2;
        picture.u.fill(128, start, start + boxWidth / 2);
        picture.v.fill(128, start, start + boxWidth / 2);
      }
    },
  };
}

/** Padding around the text in pixels of the font. Descenders are inside it. */
const PADDING = 3;
const BLACK = 16;
const WHITE = 235;

const even = (x: number): number => 2 * Math.floor(x / 2);
