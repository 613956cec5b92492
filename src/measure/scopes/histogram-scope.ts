import { lineStepOf, MAX_COLOR_LINES, type ScopePicture } from './scope-picture.js';
import type { ScopeSettings } from './scope-settings.js';
import { pixelOf, Trace } from './trace.js';
import { clampLevel, rgbTablesOf, rowOf, type VideoScope } from './video-scope.js';

/**
 * How often each level occurs: red, green and blue as areas, whose mixture is where they overlap, and luma as a line. A column is
 * one 8-bit level, 0 at the left. Heights are square roots, so that small shares can be seen beside large ones.
 */
export class HistogramScope implements VideoScope {
  readonly kind = 'video';
  readonly trace: Trace;
  readonly #settings: ScopeSettings;
  readonly #luma = new Float64Array(256);
  readonly #red = new Float64Array(256);
  readonly #green = new Float64Array(256);
  readonly #blue = new Float64Array(256);

  constructor(settings: ScopeSettings) {
    this.#settings = settings;
    this.trace = new Trace(256, Math.max(1, Math.min(MAX_HEIGHT, Math.floor(settings.height))));
  }

  draw(picture: ScopePicture): void {
    const { luma, cb, cr, shiftX, matrix, turn } = picture;
    const [levels, red, green, blue] = [this.#luma, this.#red, this.#green, this.#blue];
    for (const counts of [levels, red, green, blue]) counts.fill(0);
    const { redOfCr, greenOfCb, greenOfCr, blueOfCb } = rgbTablesOf(matrix);
    const lineStep = lineStepOf(cb.height, MAX_COLOR_LINES);
    const lumaStep = luma.step << shiftX;
    let count = 0;
    for (let y = turn % lineStep; y < cb.height; y += lineStep, count += cb.width) {
      const row = rowOf(picture, y);
      for (let x = 0; x < cb.width; x++) {
        const u = cb.levels[cb.samples[row.cb + x * cb.step] as number] as number;
        const v = cr.levels[cr.samples[row.cr + x * cr.step] as number] as number;
        const level = luma.levels[luma.samples[row.luma + x * lumaStep] as number] as number;
        const base = level << 16;
        (levels[level] as number)++;
        (red[clampLevel((base + (redOfCr[v] as number)) >> 16)] as number)++;
        (green[clampLevel((base + (greenOfCb[u] as number) + (greenOfCr[v] as number)) >> 16)] as number)++;
        (blue[clampLevel((base + (blueOfCb[u] as number)) >> 16)] as number)++;
      }
    }
    for (const counts of [levels, red, green, blue]) for (let i = 0; i < 256; i++) counts[i] = (counts[i] ?? 0) / count;
    this.#paint();
  }

  get summary(): string {
    const share = (from: number, to: number) => this.#luma.subarray(from, to).reduce((sum, part) => sum + part, 0);
    const mean = this.#luma.reduce((sum, part, level) => sum + part * level, 0);
    const text = (part: number) => `${(100 * part).toFixed(1)} %`;
    const middle = `${Math.round(((mean - 16) * 100) / 219)} %`.replace('-', '−');
    return `Mean luma ${middle}, ${text(share(0, 16))} of the picture below black, ${text(share(236, 256))} above white`;
  }

  #paint(): void {
    const { color, intensity } = this.#settings;
    const { width, height, pixels } = this.trace;
    const all = [this.#luma, this.#red, this.#green, this.#blue];
    const most = Math.max(...all.map((shares) => Math.max(...shares)));
    // The highest one ends a little below the top.
    const heightOf = (share: number) => (share === 0 ? 0 : Math.max(1, 0.96 * height * Math.sqrt(share / most)));
    const alpha = Math.round(255 * Math.min(1, 0.75 * intensity)) << 24;
    this.trace.clear();
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = [this.#red, this.#green, this.#blue].map(
        (shares) => height - heightOf(shares[x] as number),
      ) as [number, number, number];
      for (let y = Math.floor(Math.min(red, green, blue)); y < height; y++) {
        const parts = [y >= red ? 232 : 40, y >= green ? 210 : 40, y >= blue ? 255 : 40] as const;
        if (y >= red || y >= green || y >= blue) pixels[y * width + x] = (alpha | pixelOf(parts)) >>> 0;
      }
    }
    const line = pixelOf(color);
    let before = height;
    for (let x = 0; x < width; x++) {
      const top = height - heightOf(this.#luma[x] as number);
      // There is no line where no luma is.
      const isEmpty = top === height && before === height;
      for (let y = Math.floor(Math.min(top, before)); !isEmpty && y <= Math.max(top, before) && y < height; y++) {
        if (y >= 0) pixels[y * width + x] = ((255 << 24) | line) >>> 0;
      }
      before = top;
    }
  }
}

const MAX_HEIGHT = 512;
