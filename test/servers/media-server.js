/**
 * A WHIP and WHEP server. It forwards the tracks that a client publishes at a path to the clients that play there:
 * `/live/whip` and `/live/whep`, with any name in place of `live`. It is meant for tests and demos, and listens on the
 * loopback interface.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Channel } from './channel.js';
import { FaultCounter, postFaults } from './faults.js';
import { Player, Publisher } from './sessions.js';

const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';
const routes = /^\/(?<path>[\w-]+)\/(?<kind>whip|whep)(?:\/(?<id>[\w-]+))?$/;

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export class MediaServer {
  #server = createServer((request, response) => {
    this.#serve(request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent) this.#answer(request, response, { status: 500, body: String(error) });
    });
  });
  #peerOptions;
  #channels = new Map();
  #sessions = new Map();
  #faults = new FaultCounter();

  /** All requests so far: `{ method, url, headers, body, status }`. */
  log = [];

  /** @param peerOptions The options of `openPeer()`. */
  constructor(peerOptions = {}) {
    this.#peerOptions = peerOptions;
  }

  /** Resolves to the origin. */
  async listen(port = 0) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** How many sessions a path has, and how many of their peer connections are connected. */
  counts(path) {
    const sessions = this.#sessionsOf(path);
    const peers = sessions.filter(({ peer }) => peer.connectionState === 'connected').length;
    return { sessions: sessions.length, peers };
  }

  /** Ends the sessions of a path without informing the browsers. */
  drop(path) {
    for (const session of this.#sessionsOf(path)) session.close();
  }

  /** Forwards nothing on a path, or everything again. The connections live on. */
  pause({ path, isPaused }) {
    const channel = this.#channels.get(path);
    if (channel) channel.isPaused = isPaused;
    if (!isPaused) channel?.requestKeyframe();
  }

  /** Sends nothing to the sessions of a path for a while, as if the network failed. */
  freeze({ path, milliseconds, untilRestart }) {
    for (const session of this.#sessionsOf(path)) session.freeze(milliseconds, untilRestart);
  }

  /** Ends a freeze early. */
  thaw(path) {
    for (const session of this.#sessionsOf(path)) session.thaw();
  }

  /** Ends everything. */
  close() {
    for (const session of this.#sessions.values()) session.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #sessionsOf(path) {
    return [...this.#sessions.values()].filter(({ channel }) => channel === this.#channels.get(path));
  }

  async #serve(request, response) {
    const url = new URL(request.url, `http://${request.headers.host}`);
    const entry = { method: request.method, url: url.href, headers: request.headers, status: 0 };
    this.log.push(entry);
    response.once('finish', () => {
      entry.status = response.statusCode;
    });
    const body = await readBody(request);
    entry.body = body;
    if (request.method === 'OPTIONS') return this.#answer(request, response, { status: 204 });
    const { path, kind, id } = routes.exec(url.pathname)?.groups ?? {};
    if (!kind) return this.#answer(request, response, { status: 404 });
    const session = id && this.#sessions.get(id);
    const query = session ? session.query : url.searchParams;
    await sleep(Number(query.get('delay') ?? 0));
    const token = query.get('token');
    if (token && request.headers.authorization !== `Bearer ${token}`) {
      return this.#answer(request, response, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
    }
    if (id && !session) return this.#answer(request, response, { status: 404 });
    if (!(session ? ['PATCH', 'DELETE'] : ['POST']).includes(request.method))
      return this.#answer(request, response, { status: 405 });
    if (request.method === 'POST') return this.#post(request, response, { url, path, kind, body });
    if (request.method === 'PATCH') return this.#patch(request, response, session, body);
    if (query.has('delete')) return this.#answer(request, response, { status: Number(query.get('delete')) });
    session.close();
    return this.#answer(request, response, { status: 200 });
  }

  async #post(request, response, { url, path, kind, body }) {
    const query = url.searchParams;
    const isFaulty = this.#faults.takeFault(url);
    if (isFaulty && query.has('redirect')) {
      const location = new URL(url);
      location.searchParams.delete('redirect');
      if (query.has('origin')) location.host = query.get('origin');
      return this.#answer(request, response, {
        status: Number(query.get('redirect')),
        headers: { location: location.href },
      });
    }
    if (isFaulty && query.has('status')) {
      const answer = { status: 0, headers: {} };
      postFaults.status(query.get('status'), answer, query);
      return this.#answer(request, response, answer);
    }
    if (request.headers['content-type'] !== 'application/sdp') return this.#answer(request, response, { status: 415 });
    if (query.has('needs-candidates') && !/^a=candidate:/m.test(body))
      return this.#answer(request, response, { status: 400, type: 'text/plain', body: 'no candidates' });
    const channel = this.#channels.get(path) ?? new Channel();
    this.#channels.set(path, channel);
    if (kind === 'whip' && channel.publisher) return this.#answer(request, response, { status: 409 });
    if (kind === 'whep' && !(channel.publisher?.tracks.size > 0)) {
      return this.#answer(request, response, { status: 409, headers: { 'retry-after': '1' } });
    }
    const offered = [...body.matchAll(/^m=(\w+)/gm)].map(([, name]) => name).sort();
    if (isFaulty && query.has('kinds') && query.get('kinds') !== offered.join()) {
      return this.#answer(request, response, { status: 406, type: 'text/plain', body: 'another kind' });
    }
    const peerOptions = { ...this.#peerOptions, carriesColorSpace: !query.has('no-color-space') };
    const session = kind === 'whip' ? new Publisher(channel, peerOptions) : new Player(channel, peerOptions);
    session.query = query;
    this.#sessions.set(session.id, session);
    session.onclose = () => this.#sessions.delete(session.id);
    const isCounterOffer = kind === 'whep' && query.has('counter-offer');
    let sdp;
    try {
      sdp = isCounterOffer ? await session.createOffer() : await session.answer(body);
    } catch (error) {
      session.close();
      return this.#answer(request, response, { status: 400, type: 'text/plain', body: error.message });
    }
    const location = `${url.pathname}/${session.id}`;
    const answer = {
      status: isCounterOffer ? 406 : 201,
      type: 'application/sdp',
      body: sdp,
      exposed: ['location', 'etag', 'link', 'retry-after'],
      headers: {
        location: query.get('location') === 'absolute' ? url.origin + location : location,
        etag: session.etag,
      },
    };
    if (isFaulty) {
      for (const [name, fault] of Object.entries(postFaults))
        if (query.has(name)) fault(query.get(name), answer, query);
      await sleep(Number(query.get('answer-delay') ?? 0));
    }
    return this.#answer(request, response, answer);
  }

  async #patch(request, response, session, body) {
    const { query } = session;
    const match = request.headers['if-match'];
    const type = request.headers['content-type'];
    if (type === 'application/sdp' && query.has('counter-offer')) {
      await session.acceptAnswer(body);
      return this.#answer(request, response, { status: 204 });
    }
    if (type !== FRAGMENT_TYPE) return this.#answer(request, response, { status: 415 });
    const fault = query.get(match === '*' && !query.has('strict') ? 'restart' : 'patch');
    if (fault) return this.#answer(request, response, { status: Number(fault) });
    if (query.has('strict') && !match) return this.#answer(request, response, { status: 428 });
    if (query.has('strict') && match !== '*' && match !== session.etag)
      return this.#answer(request, response, { status: 412 });
    const fragment = await session.applyFragment(body);
    if (fragment === null) return this.#answer(request, response, { status: 204 });
    const headers = query.get('etag') === 'none' ? {} : { etag: session.etag };
    return this.#answer(request, response, { status: 200, type: FRAGMENT_TYPE, body: fragment, headers });
  }

  #answer(
    request,
    response,
    { status, headers = {}, type, body = '', exposed = ['location', 'etag', 'link', 'retry-after'] },
  ) {
    response.writeHead(status, {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-methods': 'POST, PATCH, DELETE',
      'access-control-allow-headers': 'authorization, content-type, if-match',
      'access-control-expose-headers': exposed.join(', '),
      'access-control-max-age': '600',
      ...(type && { 'content-type': type }),
      ...headers,
    });
    response.end(body);
  }
}
