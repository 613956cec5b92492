import { abortError, RtcHttpError } from './errors.js';
import { type IceFragment, readFragment } from './ice-fragment.js';
import { parseIceLinks } from './ice-links.js';
import type { SignalingAnswer, SignalingHttp, SignalingRequest } from './signaling-http.js';

/** What the server makes of an offer. */
export interface Created {
  /** `counter-offer`: the server offers, and waits for an answer (WHEP, 406). */
  readonly type: 'answer' | 'counter-offer';
  readonly sdp: string;
  readonly iceServers: readonly RTCIceServer[];
  /** The error for this answer, when the description turns out to be none. */
  wrong(given: string, cause?: unknown): RtcHttpError;
}

/** What came of telling candidates. */
export type Trickled = 'taken' | 'gone' | 'outdated' | 'refused' | 'failed';

const SDP = 'application/sdp';
const FRAGMENT = 'application/trickle-ice-sdpfrag';

/** The HTTP resource of one session: made by a POST, changed by PATCHes, ended by a DELETE (RFC 9725, 4.2). */
export class HttpSession {
  #url: URL | null = null;
  /** The latest entity tag; `null` as long as the server sends none, or hides it: CORS has to expose it. */
  #etag: string | null = null;
  #closed = false;
  #creating: Promise<unknown> = Promise.resolve();

  /** @param signal Gives up requests that change the session. Making and ending it go on: nothing is to stay behind. */
  constructor(
    private readonly http: SignalingHttp,
    private readonly endpoint: URL,
    private readonly signal: AbortSignal,
  ) {}

  /** Offers. Resolves to the server's answer; with `counterOffers`, maybe to its own offer. */
  create(sdp: string, counterOffers: boolean): Promise<Created> {
    const created = this.#create(sdp, counterOffers);
    this.#creating = created.catch(() => {});
    return created;
  }

  async #create(sdp: string, counterOffers: boolean): Promise<Created> {
    const headers = { 'content-type': SDP, accept: SDP };
    const answer = await this.http.send({ method: 'POST', url: this.endpoint, headers, body: sdp });
    const { status } = answer;
    const countered = counterOffers && status === 406 && isSdp(answer);
    if (status !== 201 && !countered) throw this.http.error(answer, '201 with an SDP answer');
    this.#url = this.#location(answer);
    this.#etag = entityTag(answer);
    const expected = countered ? '406 with an SDP offer' : '201 with an SDP answer';
    const wrong = (given: string, cause?: unknown) => this.http.error(answer, expected, given, cause);
    if (!isSdp(answer)) throw wrong(`${status} with ${mediaType(answer) || 'no content type'} and no SDP`);
    return {
      type: countered ? 'counter-offer' : 'answer',
      sdp: answer.body,
      iceServers: parseIceLinks(answer.headers.get('link')),
      wrong,
    };
  }

  /** Answers a counter-offer. */
  async answer(sdp: string): Promise<void> {
    const answer = await this.#patch({ 'content-type': SDP }, sdp);
    if (answer.status < 200 || answer.status > 299) throw this.http.error(answer, '204 for the SDP answer');
  }

  /**
   * Tells candidates.
   *
   * @param warn Gets the error for an answer that is none of those that the standard has.
   */
  async trickle(fragment: string, warn: (error: RtcHttpError) => void): Promise<Trickled> {
    let answer = await this.#patchFragment(fragment, this.#etag);
    // The server wants a condition, and its tag cannot be read: any session that is there will do.
    if (answer.status === 428 && this.#etag === null) answer = await this.#patchFragment(fragment, '*');
    const outcome =
      trickleOutcomes[answer.status] ?? (answer.status >= 200 && answer.status < 300 ? 'taken' : 'failed');
    if (outcome === 'failed') warn(this.http.error(answer, '204 for the candidates'));
    return outcome;
  }

  /** Restarts ICE. Resolves to the server's new credentials, or rejects: the session is then as it was. */
  async restart(fragment: string): Promise<IceFragment> {
    const answer = await this.#patchFragment(fragment, '*');
    const expected = '200 with the new ICE credentials';
    if (answer.status !== 200) throw this.http.error(answer, expected);
    const fresh = readFragment(answer.body);
    if (!fresh) throw this.http.error(answer, expected, '200 without ICE credentials');
    this.#etag = entityTag(answer);
    return fresh;
  }

  /** Ends the session, and one that is still being made. Resolves to what went wrong with that, and never rejects. */
  async delete(keepalive = false): Promise<RtcHttpError | null> {
    if (this.#closed) return null;
    this.#closed = true;
    // While the page is being left nothing can be waited for.
    if (!keepalive || !this.#url) await this.#creating;
    if (!this.#url) return null;
    try {
      // Without If-Match: whatever the ICE session, it is to end (RFC 9725, 4.3.1).
      // It outlives the page, which may be left right after.
      const answer = await this.http.send({ method: 'DELETE', url: this.#url, keepalive: true });
      const gone = (answer.status >= 200 && answer.status < 300) || answer.status === 404 || answer.status === 410;
      return gone ? null : this.http.error(answer, '200 for the end of the session');
    } catch (error) {
      return error instanceof RtcHttpError ? error : null;
    }
  }

  #patchFragment(fragment: string, match: string | null): Promise<SignalingAnswer> {
    // Without a tag there is no condition: many servers want none, and `*` would mean a restart (RFC 9725, 4.3.3).
    return this.#patch({ 'content-type': FRAGMENT, ...(match && { 'if-match': match }) }, fragment);
  }

  async #patch(headers: SignalingRequest['headers'], body: string): Promise<SignalingAnswer> {
    if (!this.#url || this.#closed) throw abortError('The session has ended.');
    return this.http.send({ method: 'PATCH', url: this.#url, headers, body, signal: this.signal });
  }

  #location(answer: SignalingAnswer): URL {
    const header = answer.headers.get('location');
    const expected = `${answer.status} with a Location`;
    const hint = 'no Location (where the server is of another origin, CORS has to expose it)';
    if (!header) throw this.http.error(answer, expected, `${answer.status} and ${hint}`);
    if (!URL.canParse(header, answer.url)) {
      throw this.http.error(answer, expected, `${answer.status} with a Location that is no URL`);
    }
    const url = new URL(header, answer.url);
    const secure = answer.url.protocol === 'https:';
    if (!(url.protocol === 'https:' || (url.protocol === 'http:' && !secure)) || url.username || url.password) {
      const wanted = secure ? 'an https: URL' : 'an http: or https: URL';
      throw this.http.error(answer, `${expected} that is ${wanted}`, `${answer.status} with one of ${url.protocol}`);
    }
    this.http.trust(url, answer.url);
    return url;
  }
}

/**
 * What the statuses mean that the standards name; 400, 405, 415 and 501 come from servers that know no trickling.
 * Without it ICE still gets through to a server that is reachable: it learns our candidates from our checks.
 */
const trickleOutcomes: Readonly<Record<number, Trickled>> = {
  400: 'refused',
  405: 'refused',
  415: 'refused',
  422: 'refused',
  428: 'refused',
  501: 'refused',
  412: 'outdated',
  404: 'gone',
  410: 'gone',
};

const mediaType = ({ headers }: SignalingAnswer): string =>
  (headers.get('content-type') ?? '').replace(/;.*/s, '').trim().toLowerCase();

const isSdp = (answer: SignalingAnswer): boolean => mediaType(answer) === SDP && /^v=0\s/.test(answer.body);

/** A strong tag; a weak one can match nothing (RFC 9110, 13.1.1). */
function entityTag({ headers }: SignalingAnswer): string | null {
  const tag = headers.get('etag')?.trim();
  return tag && /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(tag) ? tag : null;
}
