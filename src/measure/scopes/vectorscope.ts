import { lineStepOf, type ScopePicture } from './scope-picture.js';
import type { ScopeSettings } from './scope-settings.js';
import { brightness, pixelOf, Trace } from './trace.js';
import type { VideoScope } from './video-scope.js';

/**
 * Cb to the right and Cr upwards: one pixel is one 8-bit level, and 128, no colour, is in the middle. The trace has the hue of
 * each place.
 */
export class Vectorscope implements VideoScope {
  readonly kind = 'video';
  readonly trace = new Trace(256, 256);
  readonly #settings: ScopeSettings;
  readonly #counts = new Uint32Array(256 * 256);
  #amplitude = 0;

  constructor(settings: ScopeSettings) {
    this.#settings = settings;
  }

  draw({ cb, cr, turn }: ScopePicture): void {
    const { gain, intensity } = this.#settings;
    const counts = this.#counts.fill(0);
    const columns = placesOf(cb.levels, gain, 1);
    const rows = placesOf(cr.levels, gain, -1);
    const lineStep = lineStepOf(cb.height);
    let count = 0;
    for (let y = turn % lineStep; y < cb.height; y += lineStep) {
      let cbAt = cb.offset + y * cb.stride;
      let crAt = cr.offset + y * cr.stride;
      for (let x = 0; x < cb.width; x++, cbAt += cb.step, crAt += cr.step) {
        const column = columns[cb.samples[cbAt] as number] as number;
        const row = rows[cr.samples[crAt] as number] as number;
        if (column >= 0 && row >= 0) (counts[(row << 8) | column] as number)++;
      }
      count += cb.width;
    }
    const { pixels } = this.trace;
    this.trace.clear();
    let largest = 0;
    for (let i = 0; i < counts.length; i++) {
      const cell = counts[i] as number;
      if (cell === 0) continue;
      const light = 255 * brightness(cell, count / 64, intensity);
      for (const { by, part } of spot) {
        const at = i + by;
        if (at < 0 || at >= pixels.length) continue;
        const alpha = Math.round(light * part);
        if (alpha > (pixels[at] as number) >>> 24) pixels[at] = ((alpha << 24) | (hues[at] as number)) >>> 0;
      }
      const [x, y] = [(i & 255) - 128, (i >> 8) - 127];
      largest = Math.max(largest, x * x + y * y);
    }
    this.#amplitude = Math.sqrt(largest) / (112 * gain);
  }

  get summary(): string {
    return `Chroma amplitude up to ${Math.round(100 * this.#amplitude)} %`;
  }
}

/** The place of each level: 128 for no colour, −1 beside the screen. Rows count downwards. */
function placesOf(levels: Uint8Array, gain: number, direction: 1 | -1): Int16Array {
  const middle = direction > 0 ? 128 : 127;
  return Int16Array.from(levels, (level) => {
    const place = middle + direction * Math.round((level - 128) * gain);
    return place >= 0 && place <= 255 ? place : -1;
  });
}

/** A place, and how bright those around it are: a beam is wider than a level. */
const spot = [
  { by: 0, part: 1 },
  ...[-1, 1, -256, 256].map((by) => ({ by, part: 0.6 })),
  ...[-257, -255, 255, 257].map((by) => ({ by, part: 0.35 })),
];

/** The hue of each place, at an even brightness. */
const hues = /* @__PURE__ */ Uint32Array.from({ length: 256 * 256 }, (_, i) => {
  const [cb, cr] = [(i & 255) - 128, 127 - (i >> 8)];
  const rgb = [1.4 * cr, -0.34 * cb - 0.71 * cr, 1.77 * cb];
  const most = Math.max(...rgb.map(Math.abs), 24);
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => Math.round(150 + (105 * part) / most));
  return pixelOf([red, green, blue]);
});
