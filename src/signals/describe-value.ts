/** Whether a value is an error, also one of another realm, whose classes are others. */
export const isError = (value: unknown): value is Error =>
  typeof (value as Partial<Error> | null | undefined)?.message === 'string';

/**
 * How errors name a value: a string in quotes, an object by its class (also one of another realm), a function as such,
 * anything else as text.
 */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.prototype.toString.call(value).slice(8, -1);
}
