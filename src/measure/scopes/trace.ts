/** The drawing of a scope: pixels of a colour whose opacity is the brightness. The screen and the lines are behind and over it. */
export class Trace {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
  /** The same pixels as numbers: alpha, blue, green, red from the highest byte to the lowest. */
  readonly pixels: Uint32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.bytes = new Uint8ClampedArray(4 * width * height);
    this.pixels = new Uint32Array(this.bytes.buffer);
  }

  clear(): void {
    this.pixels.fill(0);
  }

  /** Draws a part of a column, with smooth ends. A pixel that is brighter stays. */
  strokeColumn(x: number, top: number, bottom: number, rgb: number, opacity = 1): void {
    const first = Math.max(0, Math.floor(top));
    const last = Math.min(this.height - 1, Math.ceil(bottom) - 1);
    for (let y = first; y <= last; y++) {
      const coverage = Math.min(y + 1, bottom) - Math.max(y, top);
      const alpha = Math.round(255 * opacity * Math.min(1, coverage));
      const at = y * this.width + x;
      if (alpha > (this.pixels[at] as number) >>> 24) this.pixels[at] = ((alpha << 24) | rgb) >>> 0;
    }
  }
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour without opacity, as a pixel has it. */
export const pixelOf = ([red, green, blue]: Rgb): number => (blue << 16) | (green << 8) | red;

/**
 * How bright a place is that `count` of `full` samples have, 0 to 1: a single one can be seen, and a line that has all of them
 * is bright. In between it follows the logarithm, as the eye does.
 */
export const brightness = (count: number, full: number, intensity: number): number =>
  count === 0 ? 0 : Math.min(1, intensity * (0.2 + (0.8 * Math.log2(1 + count)) / Math.log2(1 + full)));

/** For each count up to a limit, the pixel of a colour with its brightness. */
export function brightnessTable(rgb: Rgb, full: number, intensity: number): Uint32Array {
  const color = pixelOf(rgb);
  const length = Math.max(2, Math.min(MAX_COUNTS, Math.ceil(full) + 1));
  return Uint32Array.from(
    { length },
    (_, count) => ((Math.round(255 * brightness(count, length - 1, intensity)) << 24) | color) >>> 0,
  );
}

const MAX_COUNTS = 1024;
