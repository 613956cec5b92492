import { checkOneOf } from './check-names.js';
import { checkNumber, checkObject, checkValue, toNumber, valueError } from './checks.js';
import { type Rgb, toLevels } from './video/color.js';

/**
 * A parameter of one signal as plain data, from which it is checked, documented and offered in menus. Its one-line
 * description is in the catalogue.
 */
export type Param = NumberParam | BooleanParam | ChoiceParam | TextParam | ColorParam | ListParam;

export interface NumberParam {
  readonly type: 'number';
  /** Without it, the default depends on the description; the catalogue says how. */
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

/** A colour. Elements resolve a CSS colour for a parameter of this type. */
export interface ColorParam {
  readonly type: 'color';
  readonly default?: Rgb;
}

/** A list of values; or of records, if `item` is a table of parameters. */
export interface ListParam {
  readonly type: 'list';
  readonly default: readonly unknown[];
  readonly item: Exclude<Param, ListParam> | Params;
  /** The smallest number of items. Default 0. */
  readonly min?: number;
  /** The largest number of items. Default 1000. */
  readonly max?: number;
}

/** A description with a default in place of every field that is left out or `undefined`. */
export function withDefaults<D extends object, T extends object>(
  defaults: D,
  description: T,
): T & Required<Pick<T, keyof D & keyof T>> {
  checkObject('description', description, 'an object with the fields of a signal');
  const given = Object.entries(description).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) } as unknown as T & Required<Pick<T, keyof D & keyof T>>;
}

/** The parameters of a signal, by name. */
export type Params = { readonly [name: string]: Param };

/** The checked values that a signal receives: those that were given, and the defaults of the others. */
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
 * Checks the `params` of a description and adds the defaults, also in place of `undefined`, `null` and, unless it is a text, of
 * `''`. A number may be given as text.
 *
 * @throws {TypeError} for an unknown parameter or a value of the wrong type.
 * @throws {RangeError} for a number outside of its range.
 */
export function readParams<P extends Params>(
  params: P,
  given: Readonly<Record<string, unknown>>,
  path = 'params',
): ParamValues<P> {
  const names = Object.keys(params);
  for (const name of Object.keys(given)) {
    if (names.length === 0) {
      throw valueError(`${path}.${name}`, given[name], 'left out, since this signal has no parameters', TypeError);
    }
    checkOneOf(`a name in ${path}`, names, name);
  }
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => {
      const value = given[name] ?? undefined;
      const isUnset = value === undefined || (value === '' && param.type !== 'text');
      return [name, isUnset ? param.default : checkParam(param, value, `${path}.${name}`)];
    }),
  ) as ParamValues<P>;
}

function checkParam(param: Param, value: unknown, path: string): unknown {
  const expect = (isValid: boolean, accepted: string): void => {
    if (!isValid) throw valueError(path, value, accepted, TypeError);
  };
  switch (param.type) {
    case 'number': {
      const read = toNumber(value);
      checkNumber(path, read, param);
      return read;
    }
    case 'choice':
      checkOneOf(path, param.options, value);
      return value;
    case 'boolean':
      expect(typeof value === 'boolean', 'true or false');
      return value;
    case 'text':
      expect(typeof value === 'string', 'a text');
      return value;
    case 'color':
      expect(Object(value) === value, 'a color such as {"r": 255, "g": 0, "b": 0}');
      toLevels(value as Rgb, path);
      return value;
    case 'list':
      expect(Array.isArray(value), 'a list');
      return checkList(param, value as unknown[], path);
  }
}

function checkList(
  { item, min = 0, max = 1000, default: initial }: ListParam,
  list: unknown[],
  path: string,
): unknown[] {
  // The length of the default is always accepted.
  const isLength = (list.length >= min && list.length <= max) || list.length === initial.length;
  checkValue(isLength, `${path}.length`, list.length, min === max ? `${min}` : `a number from ${min} to ${max}`);
  return list.map((entry, i) => {
    const entryPath = `${path}[${i}]`;
    if (isParam(item)) return checkParam(item, entry, entryPath);
    if (Object(entry) !== entry) {
      throw valueError(entryPath, entry, `an object with ${Object.keys(item).join(', ')}`, TypeError);
    }
    return readParams(item, entry as Record<string, unknown>, entryPath);
  });
}

const isParam = (item: Param | Params): item is Param => typeof item.type === 'string';
