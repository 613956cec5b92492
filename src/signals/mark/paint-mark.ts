import type { Picture } from '../picture.js';
import {
  COLUMNS,
  cellOfBit,
  DARK,
  FRAME,
  fixedCells,
  LIGHT,
  MARGIN,
  type MarkArea,
  type MarkOptions,
  markLayout,
  ROWS,
} from './mark-layout.js';
import { encodeMark, type PictureMark } from './picture-mark.js';

/**
 * Paints a mark over a picture: a dark margin, a light frame, and in it 16 × 12 cells that are dark or light.
 * docs/mark.md has the format.
 *
 * @returns The area of the frame and the cells, as `readMark()` gives it.
 * @throws {TypeError | RangeError} for a mark or options that cannot be painted. The message says what is accepted.
 */
export function paintMark(picture: Picture, mark: PictureMark, options?: MarkOptions): MarkArea {
  const word = encodeMark(mark);
  const { cell, x, y, width, height } = markLayout(picture.width, picture.height, options);
  const lights = new Uint8Array(COLUMNS * ROWS);
  for (const [column, row, light] of fixedCells) lights[row * COLUMNS + column] = light;
  cellOfBit.forEach((index, bit) => {
    lights[index] = (word[bit >> 3] >> (7 - (bit & 7))) & 1;
  });
  const [left, top] = [x + MARGIN * cell, y + MARGIN * cell];
  fillLuma(picture, x, y, width, height, DARK);
  fillLuma(picture, left, top, width - 2 * MARGIN * cell, height - 2 * MARGIN * cell, LIGHT);
  lights.forEach((light, i) => {
    const column = FRAME + (i % COLUMNS);
    const row = FRAME + Math.floor(i / COLUMNS);
    if (!light) fillLuma(picture, left + column * cell, top + row * cell, cell, cell, DARK);
  });
  for (const plane of [picture.u, picture.v])
    fillPlane(plane, picture.width / 2, x / 2, y / 2, width / 2, height / 2, 128);
  return { x: left, y: top, width: width - 2 * MARGIN * cell, height: height - 2 * MARGIN * cell };
}

function fillLuma({ y, width }: Picture, left: number, top: number, across: number, down: number, value: number): void {
  fillPlane(y, width, left, top, across, down, value);
}

function fillPlane(
  plane: Uint8Array,
  stride: number,
  left: number,
  top: number,
  across: number,
  down: number,
  value: number,
): void {
  for (let row = top; row < top + down; row++) plane.fill(value, row * stride + left, row * stride + left + across);
}
