/** A timer of more than 2³¹ ms would fire at once, and a server that asks for more than a day does not mean it. */
const DAY = 86_400_000;

/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3): seconds, or an HTTP date.
 *
 * @param now What the date is compared with: the server's own `Date`, where it can be read, else the page's clock.
 * @returns Milliseconds from 0 to a day, or `null` for none and for what is neither.
 */
export function parseRetryAfter(value: string | null, now: number): number | null {
  const text = value?.trim();
  if (!text) return null;
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : /[a-z]/i.test(text) ? Date.parse(text) - now : NaN;
  return Number.isNaN(milliseconds) ? null : Math.min(DAY, Math.max(0, milliseconds));
}
