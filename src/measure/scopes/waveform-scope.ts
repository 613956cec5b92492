import { lineStepOf, type ScopePicture } from './scope-picture.js';
import type { ScopeSettings } from './scope-settings.js';
import { brightnessTable, Trace } from './trace.js';
import { percentOf, type VideoScope } from './video-scope.js';

/**
 * Luma over the width of the picture: each column of the trace has the levels of the columns of the picture at its place. A row
 * is one 8-bit level: 255 at the top, 0 at the bottom.
 */
export class WaveformScope implements VideoScope {
  readonly kind = 'video';
  trace = new Trace(1, 256);
  readonly #settings: ScopeSettings;
  #counts = new Uint32Array(0);
  #columns: Uint16Array = new Uint16Array(0);
  #low = 0;
  #high = 0;

  constructor(settings: ScopeSettings) {
    this.#settings = settings;
  }

  draw({ luma, turn }: ScopePicture): void {
    const width = Math.max(1, Math.min(MAX_COLUMNS, Math.floor(this.#settings.width), luma.width));
    if (this.trace.width !== width || this.#columns.length !== luma.width) {
      this.trace = new Trace(width, 256);
      this.#counts = new Uint32Array(256 * width);
      this.#columns = columnsOf(luma.width, width);
    }
    const counts = this.#counts.fill(0);
    const columns = this.#columns;
    const rows = Uint32Array.from(luma.levels, (level) => (255 - level) * width);
    const { samples, step } = luma;
    const lineStep = lineStepOf(luma.height);
    let lines = 0;
    for (let y = turn % lineStep; y < luma.height; y += lineStep, lines++) {
      let at = luma.offset + y * luma.stride;
      for (let x = 0; x < luma.width; x++, at += step) {
        (counts[(rows[samples[at] as number] as number) + (columns[x] as number)] as number)++;
      }
    }
    const { color, intensity } = this.#settings;
    const table = brightnessTable(color, (lines * luma.width) / width, intensity);
    paintLevels(this.trace.pixels, counts, width, 0, width, table);
    const filled = (index: number) => counts.subarray(index * width, (index + 1) * width).some(Boolean);
    let top = 0;
    while (top < 255 && !filled(top)) top++;
    let bottom = 255;
    while (bottom > top && !filled(bottom)) bottom--;
    [this.#low, this.#high] = [255 - bottom, 255 - top];
  }

  get summary(): string {
    return `Luma from ${percentOf(this.#low)} to ${percentOf(this.#high)}`;
  }
}

/**
 * Paints the columns from `from` to `to` of a waveform. Beside each level its neighbours are lit in part, as by a beam, so that a
 * level can be seen on a small screen too.
 */
export function paintLevels(
  pixels: Uint32Array,
  counts: Uint32Array,
  width: number,
  from: number,
  to: number,
  table: Uint32Array,
): void {
  const last = table.length - 1;
  for (let x = from; x < to; x++) {
    let above = 0;
    let here = counts[x] as number;
    for (let i = x; i < counts.length; i += width) {
      const below = i + width < counts.length ? (counts[i + width] as number) : 0;
      let pixel = here === 0 ? 0 : (table[Math.min(here, last)] as number);
      const beside = Math.max(above, below);
      if (beside > here) {
        const lit = table[Math.min(beside, last)] as number;
        const alpha = ((lit >>> 24) * BESIDE) & 0xff;
        if (alpha > pixel >>> 24) pixel = ((alpha << 24) | (lit & 0xffffff)) >>> 0;
      }
      pixels[i] = pixel;
      above = here;
      here = below;
    }
  }
}

/** The brightness of the levels beside one. */
const BESIDE = 0.45;

/** More columns than this are not drawn: the screen stretches them. */
export const MAX_COLUMNS = 1024;

/** For each column of a plane, that of the trace. */
export const columnsOf = (width: number, columns: number): Uint16Array =>
  Uint16Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width));
