import { Trace } from './trace.js';

/**
 * The columns of one waveform, or of several beside each other: how often each 8-bit level is in the columns of a picture. A row
 * is one level, 255 at the top and 0 at the bottom.
 */
export class LevelColumns {
  /** Another object after the size has changed. */
  trace = new Trace(1, 256);
  /** Row by row, each with the columns of all waveforms. */
  counts = new Uint32Array(0);
  /** The column of a waveform for each column of the picture. */
  columns: Uint16Array = new Uint16Array(0);
  readonly #waveforms: number;

  constructor(waveforms = 1) {
    this.#waveforms = waveforms;
  }

  /** The columns of all waveforms. */
  get width(): number {
    return this.trace.width;
  }

  /**
   * Sets all counts to 0.
   *
   * @param room Columns that are seen, of all waveforms.
   * @param pictureWidth Columns of the picture.
   * @returns The columns of one waveform.
   */
  begin(room: number, pictureWidth: number): number {
    const count = this.#waveforms;
    const most = Math.min(MAX_COLUMNS, Math.floor(room), count * pictureWidth);
    const columns = Math.max(1, Math.floor(most / count));
    if (this.width !== count * columns || this.columns.length !== pictureWidth) {
      this.trace = new Trace(count * columns, 256);
      this.counts = new Uint32Array(256 * count * columns);
      this.columns = Uint16Array.from({ length: pictureWidth }, (_, x) => Math.floor((x * columns) / pictureWidth));
    }
    this.counts.fill(0);
    return columns;
  }

  /**
   * Paints a waveform. Beside each level its neighbours are lit in part, as by a beam, so that a level can be seen on a small
   * screen too.
   *
   * @param table The pixel of each count.
   * @returns Its lowest and its highest level.
   */
  paint(index: number, table: Uint32Array): [low: number, high: number] {
    const { counts, width } = this;
    const { pixels } = this.trace;
    const columns = width / this.#waveforms;
    const [from, to] = [index * columns, (index + 1) * columns];
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
    const isFilled = (row: number) => counts.subarray(row * width + from, row * width + to).some(Boolean);
    let top = 0;
    while (top < 255 && !isFilled(top)) top++;
    let bottom = 255;
    while (bottom > top && !isFilled(bottom)) bottom--;
    return [255 - bottom, 255 - top];
  }
}

/** The brightness of the levels beside one. */
const BESIDE = 0.45;

/** More columns than this are not drawn: the screen stretches them. */
const MAX_COLUMNS = 1024;
