import { checkNumber, checkObject } from '../checks.js';
import { nearestWhole } from '../maths.js';
import type { ColorSpace } from '../picture.js';

/** A colour as gamma-encoded sRGB numbers, 0 to 255 each. Fractions are accepted. */
export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** A Y'CbCr colour in 8-bit limited range. */
export interface Ycc {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** The Y'CbCr nearest to an sRGB colour. @throws {RangeError} for a component that is not from 0 to 255. */
export function rgbToYcc(rgb: Rgb, colorSpace: ColorSpace): Ycc {
  const { y, u, v } = encodeYcc(toLevels(rgb), colorSpace);
  return { y: nearestWhole(y), u: nearestWhole(u), v: nearestWhole(v) };
}

/** Red, green and blue as in the standards of test signals: 1 is 100 %. Values below 0 and above 1 are allowed. */
export type Levels = readonly [red: number, green: number, blue: number];

/** Converts sRGB numbers to levels. @throws {RangeError} for a component that is not from 0 to 255. */
export function toLevels(rgb: Rgb, name = 'color'): Levels {
  checkObject(name, rgb, 'an object with r, g and b');
  for (const component of ['r', 'g', 'b'] as const) {
    checkNumber(`${name}.${component}`, rgb[component], { min: 0, max: 255 });
  }
  return [rgb.r / 255, rgb.g / 255, rgb.b / 255];
}

/** Converts a colour to Y'CbCr on the 8-bit scale, not rounded, with the weights of BT.601 or BT.709. */
export function encodeYcc(color: Levels | Ycc, colorSpace: ColorSpace): Ycc {
  if ('y' in color) return color;
  const [red, green, blue] = color;
  const [kr, kb] = colorSpace === 'bt601' ? [0.299, 0.114] : [0.2126, 0.0722];
  const y = kr * red + (1 - kr - kb) * green + kb * blue;
  return {
    y: 16 + 219 * y,
    u: 128 + (112 * (blue - y)) / (1 - kb),
    v: 128 + (112 * (red - y)) / (1 - kr),
  };
}

/** Interpolates between two colours; `k` is from 0 to 1. */
export const mixYcc = (a: Ycc, b: Ycc, k: number): Ycc => ({
  y: a.y + (b.y - a.y) * k,
  u: a.u + (b.u - a.u) * k,
  v: a.v + (b.v - a.v) * k,
});

export const black: Rgb = { r: 0, g: 0, b: 0 };
export const white: Rgb = { r: 255, g: 255, b: 255 };
