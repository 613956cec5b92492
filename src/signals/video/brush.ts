import { nearestWhole } from '../maths.js';
import type { Picture } from '../picture.js';
import type { CoverSpan } from './shape.js';

/**
 * Blends spans of samples into the luma plane of a picture, or into both of its chroma planes. One object serves all
 * shapes of a picture, so that nothing is allocated per frame.
 */
export class Brush {
  /** The side of a sample in pixels: 1 for luma, 2 for chroma. */
  readonly size: 1 | 2;
  readonly columns: number;
  readonly rows: number;
  /** Paints a part of a row with the ink that was set. */
  readonly take: CoverSpan;
  readonly #first: Uint8Array;
  readonly #second: Uint8Array | null;
  /** Groups of three numbers: row, first column, end column. */
  #trail: Int32Array<ArrayBuffer> | null = null;
  #length = 0;
  /** Two numbers for each row: the first column and the end of what may be painted. */
  #limits: Int32Array | null = null;
  #levels: readonly [number, number] = [0, 0];
  #sources: readonly [Uint8Array, Uint8Array] | null = null;

  constructor({ width, height, y, u, v }: Picture, size: 1 | 2) {
    this.size = size;
    this.columns = width / size;
    this.rows = height / size;
    this.#first = size === 1 ? y : u;
    this.#second = size === 1 ? null : v;
    this.take = (row, from, to, share) => this.#paint(row, from, to, share);
  }

  /** The colour, or the picture, that is painted from now on. */
  set ink(ink: { readonly y: number; readonly u: number; readonly v: number } | Picture) {
    const { y, u, v } = ink;
    const [a, b] = this.size === 1 ? [y, y] : [u, v];
    if (typeof a === 'number' && typeof b === 'number') {
      this.#levels = [nearestWhole(a), nearestWhole(b)];
      this.#sources = null;
    } else this.#sources = [a as Uint8Array, b as Uint8Array];
  }

  /** Remembers from now on where it paints. */
  remember(): void {
    this.#trail ??= new Int32Array(3 * 512);
    this.#length = 0;
  }

  /** From now on spans are painted only as far as {@link allow} says. */
  limit(): void {
    if (this.#limits) this.#limits.fill(0);
    else this.#limits = new Int32Array(2 * this.rows);
  }

  /** Allows spans in a part of a row. */
  allow(row: number, from: number, to: number): void {
    if (!this.#limits || row < 0 || row >= this.rows) return;
    this.#limits[2 * row] = Math.max(0, from);
    this.#limits[2 * row + 1] = Math.min(this.columns, to);
  }

  /** Copies a picture to all the places that it remembers, and forgets them. */
  erase(still: Picture): void {
    const trail = this.#trail;
    if (!trail) return;
    const [first, second] = this.size === 1 ? [still.y, null] : [still.u, still.v];
    for (let i = 0; i < this.#length; i += 3) {
      const start = trail[i] * this.columns;
      const [from, to] = [start + trail[i + 1], start + trail[i + 2]];
      copy(first, this.#first, from, to);
      if (second && this.#second) copy(second, this.#second, from, to);
    }
    this.#length = 0;
  }

  /** Paints a share of the ink into each sample of a part of a row. */
  blend(row: number, column: number, shares: Float32Array | Float64Array): void {
    if (row < 0 || row >= this.rows) return;
    const start = row * this.columns + column;
    const [a, b] = this.#sources ?? this.#levels;
    blendRow(a, this.#first, start, shares);
    if (this.#second) blendRow(b, this.#second, start, shares);
  }

  #paint(row: number, left: number, right: number, share: number): void {
    if (row < 0 || row >= this.rows) return;
    const limits = this.#limits;
    const from = Math.max(limits ? limits[2 * row] : 0, left);
    const to = Math.min(limits ? limits[2 * row + 1] : this.columns, right);
    if (to <= from) return;
    if (this.#trail) this.#add(row, from, to);
    const start = row * this.columns;
    const second = this.#second;
    if (this.#sources) {
      const [a, b] = this.#sources;
      mix(a, this.#first, start + from, start + to, share);
      if (second) mix(b, second, start + from, start + to, share);
    } else {
      const [a, b] = this.#levels;
      tint(a, this.#first, start + from, start + to, share);
      if (second) tint(b, second, start + from, start + to, share);
    }
  }

  #add(row: number, from: number, to: number): void {
    let trail = this.#trail as Int32Array<ArrayBuffer>;
    const end = this.#length;
    // Neighbours, as at a soft edge, are one span.
    if (end > 0 && trail[end - 3] === row && trail[end - 2] <= from && trail[end - 1] >= from) {
      if (to > trail[end - 1]) trail[end - 1] = to;
      return;
    }
    if (end === trail.length) {
      trail = new Int32Array(2 * end);
      trail.set(this.#trail as Int32Array);
      this.#trail = trail;
    }
    trail[end] = row;
    trail[end + 1] = from;
    trail[end + 2] = to;
    this.#length = end + 3;
  }
}

/** Fewer samples than this are faster in a loop than by a call into the engine. */
const FEW = 24;

function tint(level: number, plane: Uint8Array, from: number, to: number, share: number): void {
  if (share !== 1) for (let i = from; i < to; i++) plane[i] = nearestWhole(plane[i] + (level - plane[i]) * share);
  else if (to - from < FEW) for (let i = from; i < to; i++) plane[i] = level;
  else plane.fill(level, from, to);
}

function mix(source: Uint8Array, plane: Uint8Array, from: number, to: number, share: number): void {
  if (share === 1) copy(source, plane, from, to);
  else for (let i = from; i < to; i++) plane[i] = nearestWhole(plane[i] + (source[i] - plane[i]) * share);
}

function copy(source: Uint8Array, plane: Uint8Array, from: number, to: number): void {
  if (to - from < FEW) for (let i = from; i < to; i++) plane[i] = source[i];
  else plane.set(source.subarray(from, to), from);
}

function blendRow(
  ink: number | Uint8Array,
  plane: Uint8Array,
  start: number,
  shares: Float32Array | Float64Array,
): void {
  for (let i = 0, at = start; i < shares.length; i++, at++) {
    const level = typeof ink === 'number' ? ink : ink[at];
    plane[at] = Math.floor(plane[at] + (level - plane[at]) * shares[i] + 0.5);
  }
}
