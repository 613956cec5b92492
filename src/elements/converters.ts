import type { PerChannel } from '../signals/audio/waveform.js';
import { toNumber, valueError } from '../signals/checks.js';
import { describeValue } from '../signals/describe-value.js';

/**
 * A type of a property. Reading never throws: a value of another type is not changed, and a later check names it in its error.
 */
export interface ValueType<T> {
  /** Reads what a page or a framework sets the property to, or the text of its attribute. */
  read(value: unknown): T;
  /** Reads the attribute if it is not read as the property is. `null` means there is no attribute. */
  fromText?(text: string | null): T;
  /** Writes the attribute. `null` means no attribute. */
  toText(value: T): string | null;
}

/** Whether a value means the default, as an attribute that is absent does. Frameworks reset properties to such values. */
export const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Text. Every other value becomes text. */
export const text: ValueType<string> = { read: textOf, toText: textOf };

/** One of several words. An unknown word stays, and fails when it is used. */
export const oneOf = <Word extends string | null>(): ValueType<Word> => text as ValueType<string> as ValueType<Word>;

/**
 * Present or absent, as HTML's own attributes, with one difference: the text `false` means absent. Frameworks write it for
 * `false` before the tag is registered, and templates set properties to the texts of their attributes.
 */
export const boolean: ValueType<boolean> = {
  read: (value) => value !== 'false' && !!value,
  fromText: (value) => boolean.read(value === '' || value),
  toText: (value) => (value ? '' : null),
};

/** A number, also as text. */
export const number: ValueType<number> = {
  read: toNumber as ValueType<number>['read'],
  toText: textOf,
};

/** A number, also as text; `null`, the default, leaves the choice to the browser or to the element. */
export const numberOrNull: ValueType<number | null> = {
  // This is a separate function because bundlers keep `number.read` even where this type is not used.
  read: (value) => number.read(value),
  toText: (value) => (value === null ? null : textOf(value)),
};

/** A rate: a number, or text that is a number or a fraction such as `30000/1001`. */
export const rate = number as ValueType<number | string>;

/** A rate; `null`, the default, leaves the choice to the element. */
export const rateOrNull = numberOrNull as ValueType<number | string | null>;

/** Numbers: an array, a single number, or text with spaces or commas between them. */
export const numberList: ValueType<readonly number[]> = {
  read: (value) => (numbersIn(value) ?? value) as readonly number[],
  toText: listText,
};

/** Words: an array, or text with spaces or commas between them. */
export const wordList = <Word extends string>(): ValueType<readonly Word[]> => ({
  read: (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value) as readonly Word[],
  toText: listText,
});

/** One number for all channels, or a list with one for each channel; also as text. */
export const perChannel: ValueType<PerChannel> = {
  read(value) {
    const numbers = numbersIn(value);
    return (numbers?.length === 1 ? numbers[0] : numbers?.length ? numbers : value) as PerChannel;
  },
  toText: listText,
};

/** An object, also as JSON text. */
export const jsonObject: ValueType<Readonly<Record<string, unknown>>> = {
  read(value) {
    if (typeof value !== 'string') return value as Record<string, unknown>;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  },
  toText(value) {
    try {
      return JSON.stringify(value) ?? null;
    } catch {
      return textOf(value);
    }
  },
};

/** A list of objects, also as JSON text; `null` for none. Its attribute does not follow the property. */
export const jsonList = <T>(): ValueType<readonly T[] | null> =>
  jsonObject as ValueType<unknown> as ValueType<readonly T[] | null>;

/** A list of elements, for a property without attribute. An iterator, which can be read once only, becomes an array. */
export const elementList: ValueType<readonly Element[] | null> = {
  read: (value) =>
    (typeof (value as Partial<IterableIterator<Element>> | null)?.next === 'function'
      ? [...(value as IterableIterator<Element>)]
      : value) as readonly Element[] | null,
  toText: textOf,
};

/** Any object, for a property without attribute. */
export const object = <T>(): ValueType<T> => ({ read: (value) => value as T, toText: textOf });

/** @throws {TypeError} for anything but an object that JSON can write. It may be a proxy, as frameworks make them. */
export function checkParams(params: unknown): Readonly<Record<string, unknown>> {
  try {
    // It throws for circles and for a BigInt. It would leave out functions and symbols, so they are refused as a BigInt is.
    JSON.stringify(params, (_, value) => (/^(function|symbol)$/.test(typeof value) ? 0n : value));
    if (describeValue(params) === 'Object') return params as Record<string, unknown>;
  } catch {}
  throw valueError('params', params, 'a JSON object such as {"size": 64}', TypeError);
}

/**
 * A value as it is sent to the engine, which checks it. If the value is not a number, text or a boolean, its name is sent,
 * since a message cannot carry every object.
 */
export const sendable = <T>(value: T): T =>
  /number|string|boolean/.test(typeof value) ? value : (describeValue(value) as T);

/** A list as it is sent to the engine, which checks each of its numbers. */
export const sendableList = (value: PerChannel): readonly number[] =>
  Array.isArray(value) ? value.map(sendable) : [sendable(value as number)];

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return describeValue(value);
  }
}

function listText(value: unknown): string {
  return Array.isArray(value) ? value.map(textOf).join(' ') : textOf(value);
}

/** The numbers that a value is, holds or writes out; `undefined` if any part of it is not a number. */
function numbersIn(value: unknown): readonly number[] | undefined {
  const parts =
    typeof value === 'string'
      ? value.split(/[\s,]+/).filter(Boolean)
      : Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
        ? Array.from(value as ArrayLike<unknown>)
        : [value];
  const numbers = parts.map(toNumber);
  return numbers.every((part) => typeof part === 'number') ? numbers : undefined;
}
