/* The encoder of QR codes: ISO/IEC 18004. A text becomes a square of dark and light modules. */
import { addParity, createGenerator } from '../mark/reed-solomon.js';
import { chooseMode, type Mode } from './qr-modes.js';
import type { Slices } from './slices.js';

/** The share of the code that may be damaged: 7, 15, 25 and 30 %. */
export type QrLevel = 'L' | 'M' | 'Q' | 'H';

/** A square of modules, row by row: 1 is dark. */
export interface QrCode {
  /** Modules of a side, without the quiet zone. */
  readonly size: number;
  readonly modules: Uint8Array;
}

/** The number of the level in the format information, and the blocks of each version, from 1 to 40. Table 9 of the standard. */
const levels: Record<QrLevel, { format: number; parityBytes: string; blocks: string }> = {
  L: {
    format: 1,
    parityBytes:
      '7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28 28 28 30 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30',
    blocks: '1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25',
  },
  M: {
    format: 0,
    parityBytes:
      '10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 26 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28',
    blocks: '1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49',
  },
  Q: {
    format: 3,
    parityBytes:
      '13 22 18 26 18 24 18 22 20 24 28 26 24 20 30 24 28 28 26 30 28 30 30 30 30 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30',
    blocks:
      '1 1 2 2 4 4 6 6 8 8 8 10 12 16 12 17 16 18 21 20 23 23 25 27 29 34 34 35 38 40 43 45 48 51 53 56 59 62 65 68',
  },
  H: {
    format: 2,
    parityBytes:
      '17 28 22 16 22 28 26 26 24 28 24 28 22 24 24 30 28 28 26 28 30 24 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30',
    blocks:
      '1 1 2 4 4 4 5 6 8 8 11 11 16 16 18 16 19 21 25 25 25 34 30 32 35 37 40 42 45 48 51 54 57 60 63 66 70 74 77 81',
  },
};

const LAST_VERSION = 40;

/**
 * Encodes a text in the smallest version that holds it.
 *
 * @throws {RangeError} for a text that is longer than the largest version holds; `tooLong` makes the error from what fits.
 */
export function* encodeQrCode(text: string, level: QrLevel, tooLong: (accepted: string) => Error): Slices<QrCode> {
  const mode = chooseMode(text);
  const version = smallestVersion(mode, level);
  if (!version) throw tooLong(mode.describeCapacity(8 * dataBytesOf(LAST_VERSION, level)));
  const blank = new Modules(version);
  blank.drawFunctionPatterns();
  yield;
  blank.drawData(interleave(mode.encode(version, dataBytesOf(version, level)), version, level));
  let best = blank;
  let least = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < masks.length; mask++) {
    yield;
    const masked = blank.masked(mask, levels[level].format);
    const penalty = yield* masked.penalty();
    if (penalty >= least) continue;
    best = masked;
    least = penalty;
  }
  return best;
}

function smallestVersion(mode: Mode, level: QrLevel): number | undefined {
  for (let version = 1; version <= LAST_VERSION; version++) {
    if (mode.bitsIn(version) <= 8 * dataBytesOf(version, level)) return version;
  }
  return undefined;
}

const entryOf = (list: string, version: number): number => Number(list.split(' ')[version - 1]);

/** The bytes of a version, data and parity: its modules without those of the function patterns. */
function bytesOf(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const rows = Math.floor(version / 7) + 2;
    modules -= (25 * rows - 10) * rows - 55;
  }
  if (version >= 7) modules -= 36;
  return Math.floor(modules / 8);
}

function dataBytesOf(version: number, level: QrLevel): number {
  const { parityBytes, blocks } = levels[level];
  return bytesOf(version) - entryOf(parityBytes, version) * entryOf(blocks, version);
}

/** Splits data into blocks, of which the last ones are a byte longer, adds the parity of each, and interleaves them. */
function interleave(data: Uint8Array, version: number, level: QrLevel): Uint8Array {
  const count = entryOf(levels[level].blocks, version);
  const generator = createGenerator(entryOf(levels[level].parityBytes, version));
  const shortLength = Math.floor(data.length / count);
  const firstLong = count - (data.length % count);
  const blocks: Uint8Array[] = [];
  for (let index = 0, at = 0; index < count; index++) {
    const length = shortLength + (index >= firstLong ? 1 : 0);
    const block = new Uint8Array(length + generator.length);
    block.set(data.subarray(at, at + length));
    addParity(block, generator);
    blocks.push(block);
    at += length;
  }
  const bytes: number[] = [];
  for (let i = 0; i <= shortLength; i++) {
    for (const [index, block] of blocks.entries()) if (i < shortLength || index >= firstLong) bytes.push(block[i]);
  }
  for (let i = generator.length; i > 0; i--) for (const block of blocks) bytes.push(block[block.length - i]);
  return Uint8Array.from(bytes);
}

/** Which modules each mask inverts. Table 10 of the standard. */
const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

class Modules implements QrCode {
  readonly size: number;
  readonly modules: Uint8Array;
  readonly #version: number;
  /** 1 for a module that holds no data, so that no mask inverts it. */
  readonly #isFunction: Uint8Array;

  constructor(version: number, modules?: Uint8Array, isFunction?: Uint8Array) {
    this.size = 4 * version + 17;
    this.modules = modules ?? new Uint8Array(this.size ** 2);
    this.#version = version;
    this.#isFunction = isFunction ?? new Uint8Array(this.size ** 2);
  }

  #setFunction(x: number, y: number, isDark: boolean | number): void {
    this.modules[y * this.size + x] = isDark ? 1 : 0;
    this.#isFunction[y * this.size + x] = 1;
  }

  drawFunctionPatterns(): void {
    const { size } = this;
    for (let i = 0; i < size; i++) {
      this.#setFunction(6, i, i % 2 === 0);
      this.#setFunction(i, 6, i % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [size - 4, 3],
      [3, size - 4],
    ])
      this.#drawSquares(x, y, 4, (ring) => ring !== 2 && ring !== 4);
    const places = alignmentPlaces(this.#version);
    const last = places.length - 1;
    for (const [i, x] of places.entries()) {
      for (const [j, y] of places.entries()) {
        const isAtFinder = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
        if (!isAtFinder) this.#drawSquares(x, y, 2, (ring) => ring !== 1);
      }
    }
    this.#drawVersion();
    // Keeps the places free; each mask has its own.
    this.#drawFormat(0);
  }

  /** Squares around a middle, by their distance from it. */
  #drawSquares(x: number, y: number, outermost: number, isDark: (ring: number) => boolean): void {
    for (let dy = -outermost; dy <= outermost; dy++) {
      for (let dx = -outermost; dx <= outermost; dx++) {
        const isInside = Math.min(x + dx, y + dy) >= 0 && Math.max(x + dx, y + dy) < this.size;
        if (isInside) this.#setFunction(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  }

  /** The version in 18 bits, twice: a BCH code with the generator 0x1f25. */
  #drawVersion(): void {
    if (this.#version < 7) return;
    const bits = (this.#version << 12) | remainder(this.#version, 12, 0x1f25);
    for (let i = 0; i < 18; i++) {
      const [a, b] = [this.size - 11 + (i % 3), Math.floor(i / 3)];
      this.#setFunction(a, b, (bits >> i) & 1);
      this.#setFunction(b, a, (bits >> i) & 1);
    }
  }

  /** Level and mask in 15 bits, twice: a BCH code with the generator 0x537. */
  #drawFormat(format: number): void {
    const { size } = this;
    const bits = ((format << 10) | remainder(format, 10, 0x537)) ^ 0x5412;
    for (let i = 0; i < 15; i++) {
      const bit = (bits >> i) & 1;
      const skipsTiming = i < 6 ? i : i + 1;
      if (i < 8) this.#setFunction(8, skipsTiming, bit);
      else this.#setFunction(i === 8 ? 7 : 14 - i, 8, bit);
      if (i < 8) this.#setFunction(size - 1 - i, 8, bit);
      else this.#setFunction(8, size - 15 + i, bit);
    }
    this.#setFunction(8, size - 8, true);
  }

  /** Bits in columns of two modules, up and down, from the right. */
  drawData(bytes: Uint8Array): void {
    const { size } = this;
    let at = 0;
    for (let right = size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      const isUpward = ((right + 1) & 2) === 0;
      for (let step = 0; step < size; step++) {
        const y = isUpward ? size - 1 - step : step;
        for (const x of [right, right - 1]) {
          const index = y * size + x;
          if (this.#isFunction[index] || at >= 8 * bytes.length) continue;
          this.modules[index] = (bytes[at >> 3] >> (7 - (at & 7))) & 1;
          at++;
        }
      }
    }
  }

  masked(mask: number, level: number): Modules {
    const { size } = this;
    const isInverted = masks[mask];
    const copy = new Modules(this.#version, this.modules.slice(), this.#isFunction);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const index = y * size + x;
        if (!this.#isFunction[index] && isInverted(x, y)) copy.modules[index] ^= 1;
      }
    }
    copy.#drawFormat((level << 3) | mask);
    return copy;
  }

  /** How much the modules look like something else: section "Evaluation of data masking results" of the standard. */
  *penalty(): Slices<number> {
    const { size, modules } = this;
    let sum = 0;
    for (let line = 0; line < size; line++) {
      sum += linePenalty(size, (i) => modules[line * size + i]);
      sum += linePenalty(size, (i) => modules[i * size + line]);
      if (line % 16 === 15) yield;
    }
    let dark = 0;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const index = y * size + x;
        const module = modules[index];
        dark += module;
        const isBlock =
          x + 1 < size &&
          y + 1 < size &&
          module === modules[index + 1] &&
          module === modules[index + size] &&
          module === modules[index + size + 1];
        if (isBlock) sum += 3;
      }
    }
    // 10 for each 5 % that the share of dark modules is away from a half.
    const total = size ** 2;
    return sum + 10 * Math.max(0, Math.ceil(Math.abs(20 * dark - 10 * total) / total) - 1);
  }
}

/** Runs of five equal modules and more, and runs of 1, 1, 3, 1 and 1 that look like a finder pattern. */
function linePenalty(size: number, moduleAt: (index: number) => number): number {
  // Begins and ends with light runs: the quiet zone counts as such.
  const runs = [0];
  let sum = 0;
  for (let i = 0, last = 0; i < size; i++, last = moduleAt(i - 1)) {
    if (moduleAt(i) !== last) runs.push(0);
    const length = ++runs[runs.length - 1];
    sum += length === 5 ? 3 : length > 5 ? 1 : 0;
  }
  if (runs.length % 2 === 0) runs.push(0);
  runs[0] += size;
  runs[runs.length - 1] += size;
  for (let i = 1; i + 5 < runs.length; i += 2) {
    const unit = runs[i];
    const isFinder = runs[i + 1] === unit && runs[i + 2] === 3 * unit && runs[i + 3] === unit && runs[i + 4] === unit;
    if (!isFinder) continue;
    const [before, after] = [runs[i - 1], runs[i + 5]];
    sum += before >= 4 * unit && after >= unit ? 40 : 0;
    sum += after >= 4 * unit && before >= unit ? 40 : 0;
  }
  return sum;
}

/** The places of the alignment patterns on both axes. Annex E of the standard. */
function alignmentPlaces(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = 2 * Math.floor((8 * version + 3 * count + 5) / (4 * count - 4));
  const last = 4 * version + 10;
  return Array.from({ length: count }, (_, i) => (i === 0 ? 6 : last - (count - 1 - i) * step));
}

/** The remainder of a polynomial over GF(2), times x to the power of `bits`. */
function remainder(value: number, bits: number, generator: number): number {
  let rest = value;
  for (let i = 0; i < bits; i++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator);
  return rest;
}
