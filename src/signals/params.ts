import { checkOneOf, checkValue } from './checks.js';
import type { Rgb } from './video/pattern.js';

/**
 * What a parameter of one signal may be: plain data, so that it is checked, documented and offered in menus from one
 * place. Its one-line description stands in the catalogue.
 */
export type Param = NumberParam | BooleanParam | ChoiceParam | TextParam | ColorParam | ListParam;

export interface NumberParam {
  readonly type: 'number';
  /** Where it is left out, the signal has a default that depends on others: the catalogue says which. */
  readonly default?: number;
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
  /** `px`, `Hz`, `s`, `dB`, `%` and so on. */
  readonly unit?: string;
}

export interface BooleanParam {
  readonly type: 'boolean';
  readonly default: boolean;
}

export interface ChoiceParam {
  readonly type: 'choice';
  readonly default: string;
  readonly options: readonly string[];
}

export interface TextParam {
  readonly type: 'text';
  readonly default: string;
}

/** Its name is `color`, so that elements know that a CSS colour is to be resolved. */
export interface ColorParam {
  readonly type: 'color';
  readonly default?: Rgb;
}

/** A list of values, or of records where `item` is a table of parameters. */
export interface ListParam {
  readonly type: 'list';
  readonly default: readonly unknown[];
  readonly item: Exclude<Param, ListParam> | Params;
  /** How many there may be. */
  readonly min?: number;
  readonly max?: number;
}

/** The parameters of a signal by name. */
export type Params = { readonly [name: string]: Param };

/** What a signal gets: every parameter, checked, with its default where it was not given. */
export type ParamValues<P extends Params = Params> = { readonly [K in keyof P]: ParamValue<P[K]> };

type ParamValue<P> = P extends { readonly type: 'number'; readonly default: number }
  ? number
  : P extends { readonly type: 'number' }
    ? number | undefined
    : P extends { readonly type: 'boolean' }
      ? boolean
      : P extends { readonly type: 'choice'; readonly options: readonly (infer Option)[] }
        ? Option
        : P extends { readonly type: 'text' }
          ? string
          : P extends { readonly type: 'color'; readonly default: Rgb }
            ? Rgb
            : P extends { readonly type: 'color' }
              ? Rgb | undefined
              : P extends { readonly type: 'list'; readonly item: infer Item }
                ? readonly (Item extends Param
                    ? NonNullable<ParamValue<Item>>
                    : { readonly [K in keyof Item]: ParamValue<Item[K]> })[]
                : unknown;

/**
 * Checks what was given for a signal's parameters.
 *
 * @throws {TypeError} for a parameter that it does not have, or a value of the wrong kind.
 * @throws {RangeError} for a number outside its range.
 */
export function readParams<P extends Params>(
  params: P,
  given: Readonly<Record<string, unknown>>,
  path = 'params',
): ParamValues<P> {
  const names = Object.keys(params);
  for (const name of Object.keys(given)) {
    expect(names.length > 0, path, given, '{}, since there is nothing that only this signal knows');
    checkOneOf(`parameter of ${path}`, names, name);
  }
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => {
      const value = given[name];
      return [name, value === undefined ? param.default : read(param, value, `${path}.${name}`)];
    }),
  ) as ParamValues<P>;
}

function read(param: Param, value: unknown, path: string): unknown {
  if (param.type === 'number') {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, whole } = param;
    const fits = Number.isFinite(value) && (value as number) >= min && (value as number) <= max;
    checkValue(fits && (!whole || Number.isInteger(value)), path, value, expectedNumber(param));
  } else if (param.type === 'choice') {
    checkOneOf(path, param.options, value);
  } else if (param.type === 'boolean') {
    expect(typeof value === 'boolean', path, value, 'true or false');
  } else if (param.type === 'text') {
    expect(typeof value === 'string', path, value, 'a text');
  } else if (param.type === 'color') {
    expect(
      Object(value) === value && 'r' in (value as object),
      path,
      value,
      'a color such as {"r": 255, "g": 0, "b": 0}',
    );
  } else {
    const { item, min = 0, max = 1000 } = param;
    expect(Array.isArray(value), path, value, 'a list');
    const list = value as unknown[];
    // What it is where nothing is given can be given.
    const fits = (list.length >= min && list.length <= max) || list.length === param.default.length;
    checkValue(fits, `The length of ${path}`, list.length, min === max ? `${min}` : `from ${min} to ${max}`);
    return list.map((entry, i) => {
      const where = `${path}[${i}]`;
      if (isParam(item)) return read(item, entry, where);
      expect(Object(entry) === entry, where, entry, `an object with ${Object.keys(item).join(', ')}`);
      return readParams(item, entry as Record<string, unknown>, where);
    });
  }
  return value;
}

const isParam = (item: Param | Params): item is Param => typeof item.type === 'string';

function expectedNumber({ min, max, whole, unit }: NumberParam): string {
  const kind = whole ? 'a whole number' : 'a number';
  const of = unit ? ` of ${unit}` : '';
  if (min === undefined && max === undefined) return kind + of;
  if (max === undefined) return `${kind}${of}, at least ${min}`;
  return min === undefined ? `${kind}${of}, at most ${max}` : `${kind}${of} from ${min} to ${max}`;
}

function expect(holds: boolean, path: string, value: unknown, expected: string): void {
  if (!holds) throw new TypeError(`${path} must be ${expected}, not ${JSON.stringify(value)}.`);
}
