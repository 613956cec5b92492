import { valueError } from '../checks.js';

/**
 * By how many seconds the clocks of a time zone are ahead of UTC, as a function of the seconds since 1970.
 *
 * @param timeZone `UTC`, `local` for that of the machine, or a name such as `Europe/Berlin`.
 * @throws {RangeError} for an unknown time zone.
 */
export function zoneOffset(timeZone: string): (seconds: number) => number {
  if (timeZone === 'UTC') return () => 0;
  const format = formatOf(timeZone);
  let quarter = Number.NaN;
  let offset = 0;
  return (seconds) => {
    // Clocks are put forward and back at quarters of an hour.
    const now = Math.floor(seconds / QUARTER_S);
    if (now !== quarter) offset = offsetAt(now * QUARTER_S, format);
    quarter = now;
    return offset;
  };
}

const QUARTER_S = 900;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const options = { ...numeric, second: 'numeric', hourCycle: 'h23', calendar: 'gregory' } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...options, ...(timeZone !== 'local' && { timeZone }) });
  } catch {
    throw valueError('timeZone', timeZone, '"UTC", "local" or the name of a time zone such as "Europe/Berlin"');
  }
}

function offsetAt(seconds: number, format: Intl.DateTimeFormat): number {
  const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const [year, month, day] = [part('year'), part('month') - 1, part('day')];
  return Date.UTC(year, month, day, part('hour'), part('minute'), part('second')) / 1000 - seconds;
}
