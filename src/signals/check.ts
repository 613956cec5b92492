import { nearest } from './nearest.js';

/** Throws a `RangeError` that says what was given and what is accepted: "Level must be at most 0 dBFS, not 6." */
export function check(holds: boolean, what: string, value: unknown, expected: string): void {
  if (!holds) throw new RangeError(`${what} must be ${expected}, not ${shown(value)}.`);
}

interface Named {
  readonly name: string;
  /** Where this is another name of a record: that record's. */
  readonly alias?: string;
}

/** The record of that name. Throws a `TypeError` that names the nearest one and lists all, except for aliases. */
export function named<T extends Named>(what: string, table: readonly T[], name: unknown): T {
  const found = table.find((record) => record.name === name);
  if (found) return found;
  const like = nearest(
    `${name}`,
    table.map((record) => record.name),
  );
  const names = table.filter((record) => !record.alias).map((record) => record.name);
  throw new TypeError(
    `There is no ${what} ${shown(name)}. ${like ? `Did you mean "${like}"? ` : ''}Known: ${names.join(', ')}.`,
  );
}

/** Throws as `named` does for what is not one of a few names. */
export const oneOf = (what: string, names: readonly string[], given: unknown): unknown =>
  named(
    what,
    names.map((name) => ({ name })),
    given,
  );

const shown = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value));
