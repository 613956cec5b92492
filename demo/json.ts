/** JSON in one line, as people write it. */
export function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(', ')}]`;
  if (Object(value) !== value) return JSON.stringify(value);
  const members = Object.entries(value as object).map(([name, member]) => `"${name}": ${jsonOf(member)}`);
  return `{${members.join(', ')}}`;
}
