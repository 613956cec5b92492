/** A fake `fetch` that answers with random responses: the same ones for the same seed. */
import { random32 } from '../../dist/signals/random.js';

/** Random numbers of one case: the same for the same seed. */
export class SeededRandom {
  #index = 0;
  constructor(readonly seed: number) {}

  /** An integer from 0 to `count` − 1. */
  below(count: number): number {
    this.#index += 1;
    return random32(this.seed, this.#index) % count;
  }

  pick<T>(things: readonly T[]): T {
    return things[this.below(things.length)];
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

/** The browser's SDP answer to an offer, or an offer. */
async function makeDescription(body: string, random: SeededRandom): Promise<string> {
  const peer = new RTCPeerConnection();
  try {
    if (!body.startsWith('v=0') || random.below(6) === 0) {
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

/** SDP with some lines removed, repeated, moved or changed. */
function corruptLines(sdp: string, random: SeededRandom): string {
  const lines = sdp.split('\r\n');
  for (let times = random.below(5); times > 0; times--) {
    const index = random.below(lines.length);
    const line = lines[index] ?? '';
    const changes = [
      () => lines.splice(index, 1),
      () => lines.splice(index, 0, line),
      () => lines.splice(random.below(lines.length), 0, ...lines.splice(index, 1)),
      () => lines.splice(index, 1, line.slice(0, random.below(line.length + 1))),
      () => lines.splice(index, 1, line.replace(/\d+/, String(random.below(2 ** 32)))),
      () => lines.splice(index, 1, `${line}\u0000\ud800${line}`),
      () => lines.splice(index),
    ];
    random.pick(changes)();
  }
  return lines.join(random.pick(['\r\n', '\r\n', '\n', '\r']));
}

async function makeBody(request: string, random: SeededRandom): Promise<string> {
  const garbage = Array.from({ length: random.below(200) }, () => String.fromCharCode(random.below(0x300))).join('');
  return random.pick([
    () => '',
    () => garbage,
    () => `v=0\r\n${garbage}`,
    () => '{"detail": "no Bearer here"}',
    () => 'a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=candidate:x\r\n',
    async () => corruptLines(await makeDescription(request, random), random),
    async () => corruptLines(await makeDescription(request, random), random),
    async () => makeDescription(request, random),
  ])();
}

/** A server whose responses are random, and which sometimes never answers. */
export class FuzzServer {
  /** How many requests it has not answered. */
  open = 0;
  requests = 0;
  constructor(private readonly random: SeededRandom) {}

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const { random } = this;
    this.open += 1;
    this.requests += 1;
    try {
      if (random.below(25) === 0) await this.#never(init.signal ?? undefined);
      if (random.below(20) === 0) throw new TypeError('Failed to fetch');
      return await this.#respond(String(input), String(init.body ?? ''));
    } finally {
      this.open -= 1;
    }
  };

  async #respond(url: string, request: string): Promise<Response> {
    const { random } = this;
    const status = random.pick(statuses);
    const headers = new Headers();
    const maybe = { 'content-type': types, location: locations, etag: tags, link: links, 'retry-after': retries };
    for (const [name, values] of Object.entries(maybe)) {
      const value = random.pick(values);
      if (value) headers.set(name, value);
    }
    const none = [204, 205, 304].includes(status);
    const response = new Response(none ? null : await makeBody(request, random), { status, headers });
    Object.defineProperty(response, 'url', {
      value: random.pick([url, url, url, 'https://elsewhere.example/whip', '']),
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
