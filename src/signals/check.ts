import { nearest } from './nearest.js';

/** Throws a `RangeError` that says what was given and what is accepted: "Level must be at most 0 dBFS, not 6." */
export function check(holds: boolean, what: string, value: unknown, expected: string): void {
  if (!holds) throw new RangeError(`${what} must be ${expected}, not ${shown(value)}.`);
}

/** The record of that name. Throws a `TypeError` that names the nearest one and lists all. */
export function named<T extends { readonly name: string }>(what: string, table: readonly T[], name: unknown): T {
  const found = table.find((record) => record.name === name);
  if (found) return found;
  const names = table.map((record) => record.name);
  const like = nearest(`${name}`, names);
  throw new TypeError(
    `There is no ${what} ${shown(name)}. ${like ? `Did you mean "${like}"? ` : ''}Known: ${names.join(', ')}.`,
  );
}

const shown = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value));
