import { checkOneOf } from '../check-names.js';
import { checkNumber, valueError } from '../checks.js';
import { WORD_BYTES } from './picture-mark.js';

/** Where a mark is in its picture. */
export type MarkPlace =
  | 'top-left'
  | 'top'
  | 'top-right'
  | 'left'
  | 'center'
  | 'right'
  | 'bottom-left'
  | 'bottom'
  | 'bottom-right';

/** The place and the size of a mark. */
export interface MarkOptions {
  /** Default `top-left`. */
  readonly place?: MarkPlace;
  /** The largest share of the picture that the mark covers, in percent, from 1 to 50. Default 7.9. */
  readonly size?: number;
}

/** A rectangle in pixels, which may have fractions. */
export interface MarkArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The cells of a mark: 16 × 12. */
export const COLUMNS = 16;
export const ROWS = 12;

/** The width of the light frame round the cells, and of the dark margin round the frame, in cells. */
export const FRAME = 1;
export const MARGIN = 1;

/** Luma of dark and light. Between them is more than half of the range, which survives the coarsest quantisers. */
export const DARK = 40;
export const LIGHT = 190;

export const PLACES: readonly MarkPlace[] = [
  'top-left',
  'top',
  'top-right',
  'left',
  'center',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
];

/** Cells that have a fixed value, two in each corner: [column, row, is light]. No flipped mark has the same. */
export const fixedCells: readonly (readonly [column: number, row: number, light: number])[] = [
  [0, 0, 0],
  [1, 0, 1],
  [COLUMNS - 2, 0, 0],
  [COLUMNS - 1, 0, 1],
  [0, ROWS - 1, 1],
  [1, ROWS - 1, 0],
  [COLUMNS - 2, ROWS - 1, 0],
  [COLUMNS - 1, ROWS - 1, 1],
];

/**
 * The index, row by row, of the cell of each bit of a word. A byte is a block of 4 × 2 cells, so that a damaged place in
 * the picture damages few bytes. First come the blocks without fixed cells; the others, which are in the corners, share
 * the last three bytes.
 */
export const cellOfBit: readonly number[] = /* @__PURE__ */ listCells();

function listCells(): number[] {
  const whole: number[] = [];
  const corners: number[] = [];
  for (let top = 0; top < ROWS; top += 2) {
    for (let left = 0; left < COLUMNS; left += 4) {
      const cells = Array.from({ length: 8 }, (_, i) => (top + (i >> 2)) * COLUMNS + left + (i & 3));
      const free = cells.filter((cell) => !fixedCells.some(([column, row]) => row * COLUMNS + column === cell));
      (free.length === 8 ? whole : corners).push(...free);
    }
  }
  return [...whole, ...corners].slice(0, WORD_BYTES * 8);
}

/** Cells across and down, frame and margin included. */
const ACROSS = COLUMNS + 2 * (FRAME + MARGIN);
const DOWN = ROWS + 2 * (FRAME + MARGIN);

/**
 * The side of a cell and the corner of the mark, margin included, in pixels. The sides of the mark are even and lie between
 * chroma samples.
 *
 * @throws {TypeError | RangeError} for wrong options, or a picture that is too small.
 */
export function markLayout(width: number, height: number, { place = 'top-left', size = 7.9 }: MarkOptions = {}) {
  checkOneOf('place', PLACES, place);
  checkNumber('size', size, { min: 1, max: 50, unit: '%' });
  const wanted = Math.sqrt(((size / 100) * width * height) / (ACROSS * DOWN));
  const largest = Math.min(width / ACROSS, height / DOWN);
  const cell = Math.max(2, Math.floor(Math.min(wanted, largest)));
  if (cell > largest) {
    throw valueError('the picture', `${width}x${height}`, `at least ${ACROSS * 2}x${DOWN * 2} to carry a mark`);
  }
  const [freeX, freeY] = [width - ACROSS * cell, height - DOWN * cell];
  const at = (free: number, side: number, isFirst: boolean, isLast: boolean) => {
    // Farther from the edge than what a crop of 2 % takes away.
    const inset = Math.min(2 * Math.ceil(Math.max(cell, side * INSET) / 2), 2 * Math.floor(free / 4));
    if (isFirst) return inset;
    return isLast ? free - inset : 2 * Math.floor(free / 4);
  };
  return {
    cell,
    x: at(freeX, width, place.endsWith('left'), place.endsWith('right')),
    y: at(freeY, height, place.startsWith('top'), place.startsWith('bottom')),
    width: ACROSS * cell,
    height: DOWN * cell,
  };
}

const INSET = 0.025;
