/** JSON in one line, with a space after each comma and colon. */
export function formatJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatJson).join(', ')}]`;
  if (Object(value) !== value) return JSON.stringify(value);
  const members = Object.entries(value as object).map(([name, member]) => `"${name}": ${formatJson(member)}`);
  return `{${members.join(', ')}}`;
}
