import { random32 } from '../../dist/signals/random.js';

/** Numbers for one case of a fuzz test: the same for the same seed. */
export class Chance {
  #index = 0;
  constructor(readonly seed: number) {}

  /** From 0 to below `count`. */
  below(count: number): number {
    this.#index += 1;
    return random32(this.seed, this.#index) % count;
  }

  one<T>(things: readonly T[]): T {
    return things[this.below(things.length)] as T;
  }
}

const statuses = [
  200, 201, 201, 201, 201, 201, 202, 204, 205, 206, 299, 300, 301, 302, 304, 307, 308, 400, 401, 402, 403, 404, 405,
  406, 406, 409, 410, 411, 412, 413, 415, 418, 422, 425, 428, 429, 451, 499, 500, 501, 502, 503, 503, 504, 505, 511,
  599,
];
const types = [
  'application/sdp',
  'application/sdp',
  'application/sdp; charset=utf-8',
  'text/html',
  'application/problem+json',
  'text/plain',
  '',
  'application/trickle-ice-sdpfrag',
  '///',
];
const locations = [
  '/session/1',
  '/session/1',
  'session/1',
  'https://other.example/s',
  'http://',
  '::',
  'ftp://x/y',
  'javascript:0',
  '//[',
  '?',
  'https://user:word@example.com/',
  '',
];
const tags = ['"a"', '"a"', 'W/"a"', 'a', '"', '""', '*', ''];
const links = [
  '<stun:s.example>; rel="ice-server"',
  '<turn:t.example>; rel=ice-server',
  '<turn:t.example?transport=udp>; rel="ice-server"; username="u"; credential="c\\"d"; credential-type="password"',
  '<stuns:x>; rel="ice-server"',
  '<stun:>;rel="ice-server"',
  '<<>>;;,,"',
  '<http://x>; rel="next", <stun:s2.example:1>; rel="ice-server"',
  '',
];
const retries = [
  '0',
  '1',
  '-1',
  '1e9',
  '99999999999999999999',
  'soon',
  'Wed, 21 Oct 2015 07:28:00 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  '',
];

/** A real answer to an offer, or an offer. */
async function described(body: string, chance: Chance): Promise<string> {
  const peer = new RTCPeerConnection();
  try {
    if (!body.startsWith('v=0') || chance.below(6) === 0) {
      peer.addTransceiver('video', { direction: 'sendonly' });
      return (await peer.createOffer()).sdp ?? '';
    }
    await peer.setRemoteDescription({ type: 'offer', sdp: body });
    return (await peer.createAnswer()).sdp ?? '';
  } catch {
    return 'v=0\r\n';
  } finally {
    peer.close();
  }
}

/** The same with some lines lost, doubled, moved or garbled. */
function garbled(sdp: string, chance: Chance): string {
  const lines = sdp.split('\r\n');
  for (let times = chance.below(5); times > 0; times--) {
    const index = chance.below(lines.length);
    const line = lines[index] ?? '';
    const changes = [
      () => lines.splice(index, 1),
      () => lines.splice(index, 0, line),
      () => lines.splice(chance.below(lines.length), 0, ...lines.splice(index, 1)),
      () => lines.splice(index, 1, line.slice(0, chance.below(line.length + 1))),
      () => lines.splice(index, 1, line.replace(/\d+/, String(chance.below(2 ** 32)))),
      () => lines.splice(index, 1, `${line}\u0000\ud800${line}`),
      () => lines.splice(index),
    ];
    chance.one(changes)();
  }
  return lines.join(chance.one(['\r\n', '\r\n', '\n', '\r']));
}

async function body(request: string, chance: Chance): Promise<string> {
  const garbage = Array.from({ length: chance.below(200) }, () => String.fromCharCode(chance.below(0x300))).join('');
  return chance.one([
    () => '',
    () => garbage,
    () => `v=0\r\n${garbage}`,
    () => '{"detail": "no Bearer here"}',
    () => 'a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=candidate:x\r\n',
    async () => garbled(await described(request, chance), chance),
    async () => garbled(await described(request, chance), chance),
    async () => described(request, chance),
  ])();
}

/** Answers as no server should: with anything, late, or never. `open` is how many requests it has not answered. */
export class WildServer {
  open = 0;
  requests = 0;
  constructor(private readonly chance: Chance) {}

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const { chance } = this;
    this.open += 1;
    this.requests += 1;
    try {
      if (chance.below(25) === 0) await this.#never(init.signal ?? undefined);
      if (chance.below(20) === 0) throw new TypeError('Failed to fetch');
      return await this.#respond(String(input), String(init.body ?? ''));
    } finally {
      this.open -= 1;
    }
  };

  async #respond(url: string, request: string): Promise<Response> {
    const { chance } = this;
    const status = chance.one(statuses);
    const headers = new Headers();
    const maybe = { 'content-type': types, location: locations, etag: tags, link: links, 'retry-after': retries };
    for (const [name, values] of Object.entries(maybe)) {
      const value = chance.one(values);
      if (value) headers.set(name, value);
    }
    const none = [204, 205, 304].includes(status);
    const response = new Response(none ? null : await body(request, chance), { status, headers });
    Object.defineProperty(response, 'url', {
      value: chance.one([url, url, url, 'https://elsewhere.example/whip', '']),
    });
    return response;
  }

  #never(signal?: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      if (signal?.aborted) reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }
}
