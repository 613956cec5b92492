/* Checks of names, with the nearest one in the error. Pages whose elements are right load none of this. */
import { describeValue } from './describe-value.js';
import { nearestName } from './nearest-name.js';

interface Named {
  readonly name: string;
  /** For an alias: the name of the record that it stands for. */
  readonly alias?: string;
}

/**
 * The record with that name.
 *
 * @throws {TypeError} for an unknown name. The error suggests the nearest name and lists all names except aliases.
 */
export function findByName<T extends Named>(property: string, table: readonly T[], name: unknown): T {
  const found = table.find((record) => record.name === name);
  if (found) return found;
  const like = nearestName(
    typeof name === 'string' ? name : '',
    table.map((record) => record.name),
  );
  const names = table.filter((record) => !record.alias).map((record) => record.name);
  const suggestion = like ? ` Did you mean "${like}"?` : '';
  throw new TypeError(`${property} is ${describeValue(name)}; it must be one of ${names.join(', ')}.${suggestion}`);
}

/** @throws {TypeError} as {@link findByName}, for anything but one of the names. */
export function checkOneOf(property: string, names: readonly string[], value: unknown): void {
  findByName(
    property,
    names.map((name) => ({ name })),
    value,
  );
}
