import { checkObject } from '../checks.js';
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
 * Frame numbers on a long timeline, such as one since 1970, are taken modulo this before they are painted: the largest number
 * below 2³² that is a multiple of the audio mark's 624, so that a frame of the picture still tells that of the audio.
 */
export const PICTURE_MARK_FRAMES = 4_294_967_040;

/**
 * Paints a mark over a picture: a dark margin, a light frame, and in it 16 × 12 cells that are dark or light.
 * docs/mark.md has the format.
 *
 * @returns The area of the frame and the cells, as `readMark()` gives it.
 * @throws {TypeError | RangeError} for a mark or options that cannot be painted. The message says what is accepted.
 */
export function paintMark(picture: Picture, mark: PictureMark, options?: MarkOptions): MarkArea {
  checkObject('picture', picture, 'a picture, such as that of createPicture()');
  checkObject('mark', mark, 'an object with frame, rate, time and source');
  const word = encodeMark(mark);
  const { cell, x, y, width, height } = markLayout(picture.width, picture.height, options ?? {});
  const lights = new Uint8Array(COLUMNS * ROWS);
  for (const [column, row, light] of fixedCells) lights[row * COLUMNS + column] = light;
  cellOfBit.forEach((index, bit) => {
    lights[index] = (word[bit >> 3] >> (7 - (bit & 7))) & 1;
  });
  // All lines of a row of cells are the same: one is filled, cell by cell, and copied.
  const line = new Uint8Array(width);
  const paintRow = (first: number, lightAt: (column: number) => number | undefined) => {
    for (let at = 0; at < width; at += cell) line.fill(lightAt(at / cell) ? LIGHT : DARK, at, at + cell);
    for (let i = 0; i < cell; i++) picture.y.set(line, (y + first * cell + i) * picture.width + x);
  };
  const [across, down] = [width / cell, height / cell];
  const isInFrame = (column: number) => column >= MARGIN && column < across - MARGIN;
  for (let row = 0; row < down; row++) {
    const isMargin = row < MARGIN || row >= down - MARGIN;
    const cells = row - EDGE;
    const hasCells = cells >= 0 && cells < ROWS;
    paintRow(row, (column) => {
      if (isMargin || !isInFrame(column)) return 0;
      const at = column - EDGE;
      return hasCells && at >= 0 && at < COLUMNS ? lights[cells * COLUMNS + at] : 1;
    });
  }
  const gray = new Uint8Array(width / 2).fill(128);
  for (let row = y / 2; row < (y + height) / 2; row++) {
    for (const plane of [picture.u, picture.v]) plane.set(gray, (row * picture.width) / 2 + x / 2);
  }
  const margin = MARGIN * cell;
  return { x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin };
}

/** The frame and the margin beside the cells. */
const EDGE = FRAME + MARGIN;
