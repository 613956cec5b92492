/* The ICE servers that a server names in a `Link` header, and how long their credentials are valid. */

/** The ICE servers that a server has named, for its later sessions too. */
export interface NamedIceServers {
  readonly servers: readonly RTCIceServer[];
  /** When the first of their credentials expires, in milliseconds since 1970; infinite if they do not say when. */
  readonly expiryTime: number;
}

export const NO_ICE_SERVERS: NamedIceServers = { servers: [], expiryTime: Number.POSITIVE_INFINITY };

/**
 * The STUN and TURN servers that a `Link` header names (RFC 9725, 4.6): `<turn:…>; rel="ice-server"; username="…";
 * credential="…"`. Other links are ignored, and so are servers that no browser would accept: unknown schemes, and TURN
 * servers without credentials.
 */
export function parseIceServers(header: string | null): RTCIceServer[] {
  return parseLinks(header ?? '').flatMap(({ target, parameters }) => {
    const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/);
    if (!relations.includes('ice-server') || !/^(stuns?|turns?):[^\s]+$/i.test(target)) return [];
    if (/^stun/i.test(target)) return [{ urls: target }];
    const [username, credential] = [parameters.get('username'), parameters.get('credential')];
    const type = parameters.get('credential-type') ?? 'password';
    return username && credential && type.toLowerCase() === 'password' ? [{ urls: target, username, credential }] : [];
  });
}

/**
 * Milliseconds until the first of the TURN credentials in a `Link` header expires; `null` if none of them says when. They
 * say it by the parameter `valid-until` (a date, or seconds since 1970), or by a user name that begins with such seconds, as
 * in the draft "A REST API For Access To TURN Services", which coturn and many services follow. A time that is over is
 * ignored: clocks differ, and the server has only just made the credentials.
 *
 * @param now The time of the answer, in milliseconds since 1970.
 */
export function timeToExpiry(header: string | null, now: number): number | null {
  const times = parseLinks(header ?? '')
    .filter(({ target }) => /^turns?:/i.test(target))
    .map(({ parameters }) => parseTime(parameters.get('valid-until')) ?? timeInUserName(parameters.get('username')))
    .map((time) => (time ?? 0) - now)
    .filter((remaining) => remaining > 0);
  return times.length > 0 ? Math.min(...times) : null;
}

const UNIX_SECONDS = /^\d{9,11}$/;

function parseTime(value: string | undefined): number | null {
  const text = value?.trim() ?? '';
  const time = UNIX_SECONDS.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

function timeInUserName(name: string | undefined): number | null {
  const [first = ''] = name?.split(':') ?? [];
  return UNIX_SECONDS.test(first) ? Number(first) * 1000 : null;
}

interface Link {
  readonly target: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** `fetch()` joins several `Link` headers with commas, but URLs and quoted strings contain commas too. */
function parseLinks(header: string): Link[] {
  const links: Link[] = [];
  const linkPattern = /<([^<>]*)>((?:\s*;\s*[^\s;,=]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
  const parameterPattern = /;\s*([^\s;,=]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;
  for (const [, target = '', rest = ''] of header.matchAll(linkPattern)) {
    const parameters = new Map<string, string>();
    for (const [, name = '', quoted, plain] of rest.matchAll(parameterPattern)) {
      const key = name.toLowerCase();
      // If a name appears twice, the first one counts (RFC 8288, 3).
      if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
    }
    links.push({ target: target.trim(), parameters });
  }
  return links;
}
