import { checkNumber, checkObject } from '../checks.js';
import { findFrames, fitFrame, type LumaPlane } from './find-mark.js';
import { COLUMNS, cellOfBit, FRAME, fixedCells, type MarkArea, ROWS } from './mark-layout.js';
import { decodeMark, type PictureMark, WORD_BYTES } from './picture-mark.js';

/** A mark that was read, and its place. */
export interface FoundMark extends PictureMark {
  /** The frame and the cells, without the margin, in pixels. Pass it on to read the next picture faster. */
  readonly area: MarkArea;
}

/** How to look for a mark. */
export interface ReadMarkHints {
  /** Where a mark was last. It is tried first, which takes a small part of the time of a search. */
  readonly area?: MarkArea | null;
  /** Whether to search the whole picture when there is no mark at `area`. Default `true`. */
  readonly search?: boolean;
}

/**
 * Reads the mark of a picture.
 *
 * The picture may have been compressed, scaled (also unevenly), cropped at its edges, or put into a larger one. A mark
 * that is too damaged to be read without doubt is no mark.
 *
 * @param luma 8-bit samples, row by row; of an RGB picture its green samples serve.
 * @param stride Samples from the start of a row to the start of the next one.
 * @returns `null` if there is no mark.
 */
export function readMark(
  luma: Uint8Array | Uint8ClampedArray,
  stride: number,
  width: number,
  height: number,
  hints: ReadMarkHints = {},
): FoundMark | null {
  checkObject('luma', luma, 'a Uint8Array, the Y plane of a picture');
  const size = { stride, width, height };
  for (const [name, value] of Object.entries(size)) checkNumber(name, value, { min: 1, whole: true });
  return markIn({ luma, ...size }, hints ?? {});
}

/** {@link readMark} without its checks, which the worker of a probe need not load. */
export function markIn(plane: LumaPlane, { area = null, search = true }: ReadMarkHints): FoundMark | null {
  if (area) {
    const found = readAt(plane, area) ?? readFitted(plane, area);
    if (found || !search) return found;
  }
  if (!search) return null;
  for (const candidate of findFrames(plane)) {
    const found = readFitted(plane, candidate);
    if (found) return found;
  }
  return null;
}

function readFitted(plane: LumaPlane, candidate: MarkArea): FoundMark | null {
  const area = fitFrame(plane, candidate);
  return area && readAt(plane, area);
}

function readAt(plane: LumaPlane, area: MarkArea): FoundMark | null {
  const { x, y, width, height } = area;
  if (x < 0 || y < 0 || x + width > plane.width || y + height > plane.height) return null;
  const values = cellMeans(plane, area);
  const threshold = thresholdOf(values);
  if (threshold === null) return null;
  for (const sharpness of SHARPNESS) {
    const mark = decodeCells(sharpen(values, sharpness), threshold);
    if (mark) return { ...mark, area };
  }
  return null;
}

/** Without, and with, the removal of blur. Each is one more try, and none of them makes a wrong number likely. */
const SHARPNESS = [0, 0.25];

const MOST_WRONG_FIXED_CELLS = 2;

function decodeCells(values: Float32Array, threshold: number): PictureMark | null {
  const wrong = fixedCells.filter(([column, row, light]) => values[row * COLUMNS + column] > threshold !== light > 0);
  if (wrong.length > MOST_WRONG_FIXED_CELLS) return null;
  const word = new Uint8Array(WORD_BYTES);
  for (let bit = 0; bit < cellOfBit.length; bit++) {
    if (values[cellOfBit[bit]] > threshold) word[bit >> 3] |= 0x80 >> (bit & 7);
  }
  return decodeMark(word);
}

/** The means of the middles of all cells, half a cell wide and high. Of large cells not every line is read. */
function cellMeans({ luma, stride }: LumaPlane, { x, y, width, height }: MarkArea): Float32Array {
  const means = new Float32Array(COLUMNS * ROWS);
  const [across, down] = [width / (COLUMNS + 2 * FRAME), height / (ROWS + 2 * FRAME)];
  const [first, last] = [Math.floor(x), Math.ceil(x + width)];
  const sums = new Float64Array(last - first);
  const skip = Math.max(1, Math.floor(down / 7));
  for (let row = 0; row < ROWS; row++) {
    const top = y + (row + FRAME + 0.25) * down;
    const bottom = top + down / 2;
    let lines = 0;
    sums.fill(0);
    for (let line = Math.floor(top); line < bottom; line += skip) {
      const share = Math.min(line + 1, bottom) - Math.max(line, top);
      const start = line * stride + first;
      lines += share;
      for (let i = 0; i < sums.length; i++) sums[i] += share * luma[start + i];
    }
    for (let column = 0; column < COLUMNS; column++) {
      const left = x + (column + FRAME + 0.25) * across - first;
      const right = left + across / 2;
      let sum = 0;
      for (let i = Math.floor(left); i < right; i++) sum += (Math.min(i + 1, right) - Math.max(i, left)) * sums[i];
      means[row * COLUMNS + column] = (sum * 2) / (across * lines);
    }
  }
  return means;
}

const LEAST_CONTRAST = 24;

/** The middle between the mean of the light cells and that of the dark ones; `null` if they hardly differ. */
function thresholdOf(values: Float32Array): number | null {
  let threshold = values.reduce((sum, value) => sum + value, 0) / values.length;
  let contrast = 0;
  for (let turn = 0; turn < 3; turn++) {
    let [light, dark, lights] = [0, 0, 0];
    for (const value of values) {
      if (value > threshold) {
        light += value;
        lights++;
      } else dark += value;
    }
    if (lights === 0 || lights === values.length) return null;
    [light, dark] = [light / lights, dark / (values.length - lights)];
    threshold = (light + dark) / 2;
    contrast = light - dark;
  }
  return contrast < LEAST_CONTRAST ? null : threshold;
}

/** Removes a share of the neighbours of each cell from it, as blur has added one. Beyond the edge is the frame. */
function sharpen(values: Float32Array, amount: number): Float32Array {
  if (amount === 0) return values;
  const frame = values.reduce((most, value) => Math.max(most, value), 0);
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column === COLUMNS || row === ROWS ? frame : values[row * COLUMNS + column];
  return values.map((value, i) => {
    const [column, row] = [i % COLUMNS, Math.floor(i / COLUMNS)];
    const around = at(column - 1, row) + at(column + 1, row) + at(column, row - 1) + at(column, row + 1);
    return value + amount * (value - around / 4);
  });
}
