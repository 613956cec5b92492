/**
 * The STUN and TURN servers that a `Link` header names (RFC 9725, 4.6): `<turn:…>; rel="ice-server"; username="…";
 * credential="…"`. Others' links are passed over, and so is what no browser would take: an unknown scheme, a TURN
 * server without credentials.
 */
export function parseIceLinks(header: string | null): RTCIceServer[] {
  return splitLinks(header ?? '').flatMap(({ target, parameters }) => {
    const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/);
    if (!relations.includes('ice-server') || !/^(stuns?|turns?):[^\s]+$/i.test(target)) return [];
    if (/^stun/i.test(target)) return [{ urls: target }];
    const [username, credential] = [parameters.get('username'), parameters.get('credential')];
    const type = parameters.get('credential-type') ?? 'password';
    return username && credential && type.toLowerCase() === 'password' ? [{ urls: target, username, credential }] : [];
  });
}

interface Link {
  readonly target: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** `fetch` joins several `Link` headers with commas, which also stand inside of URLs and quoted strings. */
function splitLinks(header: string): Link[] {
  const links: Link[] = [];
  const link = /<([^<>]*)>((?:\s*;\s*[^\s;,=]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
  const parameter = /;\s*([^\s;,=]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;
  for (const [, target = '', rest = ''] of header.matchAll(link)) {
    const parameters = new Map<string, string>();
    for (const [, name = '', quoted, plain] of rest.matchAll(parameter)) {
      const key = name.toLowerCase();
      // Of a name that comes twice the first counts (RFC 8288, 3).
      if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
    }
    links.push({ target: target.trim(), parameters });
  }
  return links;
}
