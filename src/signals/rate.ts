import { checkValue, valueError } from './checks.js';
import { nearestWhole } from './maths.js';

/** A frame rate as a fraction, in frames per second: 29.97 is 30000/1001. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * Reads a rate from a number, a decimal (`'12.5'`) or a fraction (`'30000/1001'`).
 *
 * 23.976, 29.97, 47.952, 59.94 and 119.88 mean n × 1000/1001. Any other decimal is taken exactly, with up to nine
 * places.
 *
 * @param name The name of the value in an error.
 * @throws {RangeError} for anything but a number above 0 and at most 1000.
 */
export function parseRate(value: number | string, name = 'frameRate'): Rate {
  // Others may have no text, such as an object without a prototype.
  const text = /number|string/.test(typeof value) ? `${value}` : '';
  const [top, bottom = 1, ...rest] = text.split('/').map(Number);
  const frames = top / bottom;
  checkValue(
    top > 0 && frames > 0 && frames <= 1000 && rest.length === 0,
    name,
    value,
    'a number above 0 and at most 1000, or a fraction such as 30000/1001',
  );
  for (const whole of [24, 30, 48, 60, 120]) {
    const ntsc = { numerator: whole * 1000, denominator: 1001 };
    // Wide enough for 23.98, the shortest spelling of these rates.
    if (Math.abs(frames - framesPerSecond(ntsc)) < 0.004) return ntsc;
  }
  const scale = Number.isInteger(top) && Number.isInteger(bottom) ? 1 : 1e9;
  return reduced(nearestWhole(top * scale), nearestWhole(bottom * scale));
}

/** @throws {TypeError} for anything but a fraction of two numbers above 0. */
export function checkRate(name: string, rate: unknown): asserts rate is Rate {
  const { numerator, denominator } = Object(rate) as Partial<Rate>;
  if (Number(numerator) > 0 && Number(denominator) > 0) return;
  throw valueError(name, rate, 'a fraction such as { numerator: 30000, denominator: 1001 }', TypeError);
}

/**
 * A rate as a number of frames per second.
 *
 * @throws {TypeError} for anything but a fraction of two numbers above 0.
 */
export function rateValue(rate: Rate): number {
  checkRate('rate', rate);
  return framesPerSecond(rate);
}

/** As {@link rateValue}, of a rate that was checked before. */
export const framesPerSecond = ({ numerator, denominator }: Rate): number => numerator / denominator;

function reduced(numerator: number, denominator: number): Rate {
  let [a, b] = [numerator, denominator];
  while (b > 0) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}
