import { abortError, RtcHttpError } from './errors.js';
import { type IceFragment, parseFragment } from './sdp.js';
import type { SignalingAnswer, SignalingHttp, SignalingRequest } from './signaling-http.js';

/** The server's answer to an offer. */
export interface RemoteDescription {
  /** `counter-offer`: the server makes an offer itself, and waits for an answer (WHEP, 406). */
  readonly type: 'answer' | 'counter-offer';
  readonly sdp: string;
  /** The ICE servers that the server names. */
  readonly iceServers: readonly RTCIceServer[];
  /** The error for this answer, if its description turns out to be unusable. */
  error(given: string, cause?: unknown): RtcHttpError;
}

/**
 * The result of sending candidates. `unsupported`: the server does not support trickle ICE. `outdated`: the server has
 * another ICE session. `gone`: the server does not know the session.
 */
export type TrickleResult = 'accepted' | 'unsupported' | 'outdated' | 'gone' | 'failed';

const SDP_TYPE = 'application/sdp';
const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';

/** The HTTP resource of one session: created by a POST, changed by PATCHes, ended by a DELETE (RFC 9725, 4.2). */
export class HttpSession {
  readonly #http: SignalingHttp;
  readonly #endpoint: URL;
  readonly #signal: AbortSignal;
  #url: URL | null = null;
  /** The latest entity tag; `null` while the server sends none or CORS does not expose it. */
  #etag: string | null = null;
  #isClosed = false;
  #creation: Promise<unknown> = Promise.resolve();

  /** @param signal Cancels the PATCHes. POST and DELETE continue, so that no session is left behind on the server. */
  constructor(http: SignalingHttp, endpoint: URL, signal: AbortSignal) {
    this.#http = http;
    this.#endpoint = endpoint;
    this.#signal = signal;
  }

  /** Sends the offer. Resolves to the server's answer, or to its own offer if `acceptsCounterOffers`. */
  create(sdp: string, acceptsCounterOffers: boolean): Promise<RemoteDescription> {
    const created = this.#create(sdp, acceptsCounterOffers);
    this.#creation = created.catch(() => {});
    return created;
  }

  async #create(sdp: string, acceptsCounterOffers: boolean): Promise<RemoteDescription> {
    const headers = { 'content-type': SDP_TYPE, accept: SDP_TYPE };
    const answer = await this.#http.send({ method: 'POST', url: this.#endpoint, headers, body: sdp });
    const { status } = answer;
    const isCounterOffer = acceptsCounterOffers && status === 406 && isSdp(answer);
    if (status !== 201 && !isCounterOffer) throw this.#http.error(answer, '201 with an SDP answer');
    this.#url = this.#sessionUrl(answer);
    this.#etag = strongEntityTag(answer);
    const expected = isCounterOffer ? '406 with an SDP offer' : '201 with an SDP answer';
    const error = (given: string, cause?: unknown) => this.#http.error(answer, expected, given, cause);
    if (!isSdp(answer)) throw error(`${status} with ${mediaType(answer) || 'no content type'} and no SDP`);
    return {
      type: isCounterOffer ? 'counter-offer' : 'answer',
      sdp: answer.body,
      iceServers: parseIceServers(answer.headers.get('link')),
      error,
    };
  }

  /** Answers a counter-offer. */
  async answer(sdp: string): Promise<void> {
    const answer = await this.#patch({ 'content-type': SDP_TYPE }, sdp);
    if (!isSuccess(answer.status)) throw this.#http.error(answer, '204 for the SDP answer');
  }

  /**
   * Sends candidates.
   *
   * @param warn Receives the error for an answer that no standard mentions.
   */
  async trickle(fragment: string, warn: (error: RtcHttpError) => void): Promise<TrickleResult> {
    let answer = await this.#patchFragment(fragment, this.#etag);
    // The server demands a condition, but its tag cannot be read. `*` stands for any session that exists.
    if (answer.status === 428 && this.#etag === null) answer = await this.#patchFragment(fragment, '*');
    const result = trickleResults[answer.status] ?? (isSuccess(answer.status) ? 'accepted' : 'failed');
    if (result === 'failed') warn(this.#http.error(answer, '204 for the candidates'));
    return result;
  }

  /** Restarts ICE. Resolves to the server's new credentials. If it rejects, the session is unchanged. */
  async restart(fragment: string): Promise<IceFragment> {
    const answer = await this.#patchFragment(fragment, '*');
    const expected = '200 with the new ICE credentials';
    if (answer.status !== 200) throw this.#http.error(answer, expected);
    const remote = parseFragment(answer.body);
    if (!remote) throw this.#http.error(answer, expected, '200 without ICE credentials');
    this.#etag = strongEntityTag(answer);
    return remote;
  }

  /**
   * Ends the session, also one that is still being created. Never rejects; resolves to an error if the server did not
   * confirm the end.
   *
   * @param isLeavingPage Whether the user leaves the page. Then there is no time to wait.
   */
  async delete(isLeavingPage = false): Promise<RtcHttpError | null> {
    if (this.#isClosed) return null;
    this.#isClosed = true;
    if (!isLeavingPage || !this.#url) await this.#creation;
    if (!this.#url) return null;
    try {
      // Without If-Match, because every ICE session of it has to end (RFC 9725, 4.3.1).
      // With keepalive, because the user may leave the page right afterwards.
      const answer = await this.#http.send({ method: 'DELETE', url: this.#url, keepalive: true });
      const hasEnded = isSuccess(answer.status) || answer.status === 404 || answer.status === 410;
      return hasEnded ? null : this.#http.error(answer, '200 for the end of the session');
    } catch (error) {
      return error instanceof RtcHttpError ? error : null;
    }
  }

  #patchFragment(fragment: string, ifMatch: string | null): Promise<SignalingAnswer> {
    // Without a tag there is no condition: many servers want none, and `*` would mean a restart (RFC 9725, 4.3.3).
    return this.#patch({ 'content-type': FRAGMENT_TYPE, ...(ifMatch && { 'if-match': ifMatch }) }, fragment);
  }

  async #patch(headers: SignalingRequest['headers'], body: string): Promise<SignalingAnswer> {
    if (!this.#url || this.#isClosed) throw abortError('The session has ended.');
    return this.#http.send({ method: 'PATCH', url: this.#url, headers, body, signal: this.#signal });
  }

  /** @throws {RtcHttpError} for a missing or unusable `Location`. */
  #sessionUrl(answer: SignalingAnswer): URL {
    const location = answer.headers.get('location');
    const expected = `${answer.status} with a Location`;
    if (!location) {
      const given = `${answer.status} and no Location (CORS has to expose it if the server is of another origin)`;
      throw this.#http.error(answer, expected, given);
    }
    if (!URL.canParse(location, answer.url)) {
      throw this.#http.error(answer, expected, `${answer.status} with a Location that is not a URL`);
    }
    const url = new URL(location, answer.url);
    const mustBeSecure = answer.url.protocol === 'https:';
    const isAllowed = url.protocol === 'https:' || (url.protocol === 'http:' && !mustBeSecure);
    if (!isAllowed || url.username || url.password) {
      const allowed = mustBeSecure ? 'an https: URL' : 'an http: or https: URL';
      throw this.#http.error(answer, `${expected} that is ${allowed}`, `${answer.status} with one of ${url.protocol}`);
    }
    this.#http.trust(url, answer.url);
    return url;
  }
}

/**
 * The statuses that the standards name; 400, 405, 415 and 501 are from servers that do not support trickle ICE. ICE still
 * reaches such a server if it has a public address, because it learns the client's candidates from the client's checks.
 */
const trickleResults: Readonly<Record<number, TrickleResult>> = {
  400: 'unsupported',
  405: 'unsupported',
  415: 'unsupported',
  422: 'unsupported',
  428: 'unsupported',
  501: 'unsupported',
  412: 'outdated',
  404: 'gone',
  410: 'gone',
};

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const mediaType = ({ headers }: SignalingAnswer): string =>
  (headers.get('content-type') ?? '').replace(/;.*/s, '').trim().toLowerCase();

const isSdp = (answer: SignalingAnswer): boolean => mediaType(answer) === SDP_TYPE && /^v=0\s/.test(answer.body);

/** A weak tag never matches (RFC 9110, 13.1.1), so only a strong one is of use. */
function strongEntityTag({ headers }: SignalingAnswer): string | null {
  const tag = headers.get('etag')?.trim();
  return tag && /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(tag) ? tag : null;
}

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
