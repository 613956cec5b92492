/**
 * A copy of a list or an object with all that it holds, without the proxies that frameworks make of the objects of their state: no
 * message can carry those. Anything else is returned as it is.
 */
export function plainCopy<T>(value: T): T {
  if (Array.isArray(value)) return value.map((part) => plainCopy(part)) as T;
  if (Object.prototype.toString.call(value) !== '[object Object]') return value;
  return Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, plainCopy(part)])) as T;
}
