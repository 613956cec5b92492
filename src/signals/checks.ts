/*
 * Checks of values that a caller has passed. Every error has the same form: "width is 7; it must be an even whole number from 2
 * to 16384."
 */
import { describeValue } from './describe-value.js';

/** The error for a value that is not accepted. `accepted` ends the sentence "it must be …". */
export const valueError = (
  name: string,
  value: unknown,
  accepted: string,
  ErrorType: typeof RangeError | typeof TypeError = RangeError,
): Error => new ErrorType(`${name} is ${describeValue(value)}; it must be ${accepted}.`);

/** @throws {RangeError} unless `isValid`. */
export function checkValue(isValid: boolean, name: string, value: unknown, accepted: string): void {
  if (!isValid) throw valueError(name, value, accepted);
}

/** @throws {TypeError} for anything but an object. A missing argument is none. */
export function checkObject(name: string, value: unknown, accepted: string): asserts value is object {
  if (typeof value !== 'object' || value === null) throw valueError(name, value, accepted, TypeError);
}

/** A number that is written out as its value; every other value as it is. Frameworks and data files have numbers as text. */
export const toNumber = (value: unknown): unknown =>
  /str|big/.test(typeof value) && /\S/.test(value as string) && !Number.isNaN(Number(value)) ? Number(value) : value;

/** The numbers that a property accepts. */
export interface NumberRange {
  /** The smallest number. */
  readonly min?: number;
  /** The largest number. */
  readonly max?: number;
  /** Every number is larger than this one. */
  readonly above?: number;
  /** Every number is smaller than this one. */
  readonly below?: number;
  readonly whole?: boolean;
  readonly even?: boolean;
  /** `Hz`, `ms`, `dBFS`, `px` and so on. */
  readonly unit?: string;
}

/** @throws {RangeError} for anything but a finite number in the range. */
export function checkNumber(name: string, value: unknown, range: NumberRange = {}): asserts value is number {
  if (!isInRange(value, range)) throw valueError(name, value, describeRange(range));
}

/** @throws {RangeError} for anything but a finite number in the range, `null` and `undefined`. */
export function checkNumberOrNull(name: string, value: unknown, range: NumberRange): void {
  if (value !== null && value !== undefined) checkNumber(name, value, range);
}

function isInRange(value: unknown, { min, max, above, below, whole, even }: NumberRange): boolean {
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below) &&
    (!whole || Number.isInteger(value)) &&
    (!even || value % 2 === 0)
  );
}

/** "an even whole number from 2 to 16384 px", "a number above 0". */
export function describeRange({ min, max, above, below, whole, even, unit }: NumberRange): string {
  const kind = `${even ? 'an even' : 'a'}${whole ? ' whole' : ''} number`;
  const isInterval = min !== undefined && max !== undefined;
  const limits = isInterval
    ? [`from ${min} to ${max}`]
    : [
        ...(min === undefined ? [] : [`at least ${min}`]),
        ...(above === undefined ? [] : [`above ${above}`]),
        ...(max === undefined ? [] : [`at most ${max}`]),
        ...(below === undefined ? [] : [`below ${below}`]),
      ];
  const of = limits[0]?.startsWith('at') ? ' of' : '';
  if (limits.length === 0) return unit ? `${kind} in ${unit}` : kind;
  return `${kind}${of} ${limits.join(' and ')}${unit ? ` ${unit}` : ''}`;
}
