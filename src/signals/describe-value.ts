/** The name by which an error speaks of a value: its class, also of another realm's objects; its type else. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.prototype.toString.call(value).slice(8, -1);
}
