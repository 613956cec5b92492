import { abortError, mediaPathError, RtcHttpError } from './errors.js';
import { parseIceServers, timeToExpiry } from './ice-server-links.js';
import { type IceFragment, parseFragment } from './sdp.js';
import type { SignalingAnswer, SignalingHttp, SignalingRequest } from './signaling-http.js';

/** The server's answer to an offer. */
export interface RemoteDescription {
  /** `counter-offer`: the server makes an offer itself, and waits for an answer (WHEP, 406). */
  readonly type: 'answer' | 'counter-offer';
  readonly sdp: string;
  /** The ICE servers that the server names. */
  readonly iceServers: readonly RTCIceServer[];
  /** Milliseconds until the first of their credentials expires; `null` if they do not say when. */
  readonly iceServersExpireIn: number | null;
  /** The error for this answer, if its description turns out to be unusable. */
  error(given: string, cause?: unknown): RtcHttpError;
}

/**
 * The result of sending candidates. `unsupported`: the server does not take them. `outdated`: the server has another ICE
 * session.
 */
export type TrickleResult = 'accepted' | 'unsupported' | 'outdated';

export interface HttpSessionInit {
  readonly http: SignalingHttp;
  readonly endpoint: URL;
  /** Cancels the PATCHes. POST and DELETE continue, so that no session is left behind on the server. */
  readonly signal: AbortSignal;
  /** The server did something that no standard mentions, and the session continues. */
  onWarning(error: RtcHttpError): void;
}

const SDP_TYPE = 'application/sdp';
const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';

/** Advice for an answer that can be used although it is not the expected one. */
const USED_ANYWAY = 'The answer is used.';
const NO_SESSION_URL =
  'The session can neither be repaired nor ended by a request; it ends when the server notices that no media comes.';
const UNKNOWN_URL = 'The server does not know the URL that it named for the session.';
const PROXY_HINT = `${UNKNOWN_URL} A proxy that strips or adds a part of the path and does not change Location is the usual cause.`;
const LOST_OR_PROXY =
  `${UNKNOWN_URL} Either it has lost the session, as by a restart, or a proxy strips or adds a part of the path and does not ` +
  'change Location.';
const SESSION_GONE = 'The server does not know the session any more.';
const SESSION_REMAINS = 'The session may remain on the server until the server notices that no media comes.';

/** The HTTP resource of one session: created by a POST, changed by PATCHes, ended by a DELETE (RFC 9725, 4.2). */
export class HttpSession {
  readonly #init: HttpSessionInit;
  #url: URL | null = null;
  /** The latest entity tag; `null` while the server sends none or CORS does not expose it. */
  #etag: string | null = null;
  #hasAcceptedPatch = false;
  /** Whether the server did not know the URL when it had just made the session. Later it may have lost the session. */
  #isUrlUnknown = false;
  #isClosed = false;
  #creation: Promise<unknown> = Promise.resolve();

  constructor(init: HttpSessionInit) {
    this.#init = init;
  }

  /** Whether a PATCH can reach the session: it has a URL, and the server has not said that it never knew that. */
  get canPatch(): boolean {
    return this.#url !== null && !this.#isUrlUnknown;
  }

  /** Whether the server has ever known the session by its URL. */
  get hasAcceptedPatch(): boolean {
    return this.#hasAcceptedPatch;
  }

  /** Sends the offer. Resolves to the server's answer, or to its own offer if `acceptsCounterOffers`. */
  create(sdp: string, acceptsCounterOffers: boolean): Promise<RemoteDescription> {
    const created = this.#create(sdp, acceptsCounterOffers);
    this.#creation = created.catch(() => {});
    return created;
  }

  async #create(sdp: string, acceptsCounterOffers: boolean): Promise<RemoteDescription> {
    const { http, endpoint, signal, onWarning } = this.#init;
    const answer = await http.send({
      method: 'POST',
      url: endpoint,
      headers: { 'content-type': SDP_TYPE, accept: SDP_TYPE },
      body: sdp,
      late: { signal, onSlow: onWarning, onAnswer: (late) => void this.#endLateSession(late) },
    });
    const { status } = answer;
    const isCounterOffer = acceptsCounterOffers && status === 406 && hasSdp(answer);
    if (!isSuccess(status) && !isCounterOffer) throw http.error(answer, '201 with an SDP answer');
    const expected = isCounterOffer ? '406 with an SDP offer' : '201 with an SDP answer';
    const type = mediaType(answer);
    const location = this.#readLocation(answer);
    this.#url = location.url;
    this.#etag = strongEntityTag(answer);
    const error = (given: string, cause?: unknown) => http.error(answer, expected, { given, cause });
    if (!hasSdp(answer)) throw error(`${status} with ${type || 'no content type'} and no SDP`);
    if (location.given) {
      const problem = { given: `${status} with ${location.given}`, advice: NO_SESSION_URL };
      const warning = http.error(answer, `${status} with a Location that is ${location.allowed}`, problem);
      // The answer to a counter-offer has to be sent there.
      if (isCounterOffer) throw warning;
      onWarning(warning);
    }
    if (status !== 201 && !isCounterOffer) onWarning(http.error(answer, '201', { advice: USED_ANYWAY }));
    if (type !== SDP_TYPE) {
      const given = `${status} with ${type ? `the content type ${type}` : 'no content type'}`;
      onWarning(http.error(answer, SDP_TYPE, { given, advice: USED_ANYWAY }));
    }
    return {
      type: isCounterOffer ? 'counter-offer' : 'answer',
      sdp: answer.body.trimStart(),
      iceServers: parseIceServers(answer.headers.get('link')),
      iceServersExpireIn: timeToExpiry(answer.headers.get('link'), http.timeOf(answer)),
      error,
    };
  }

  /** Answers a counter-offer. */
  async answer(sdp: string): Promise<void> {
    const answer = await this.#patch({ 'content-type': SDP_TYPE }, sdp);
    if (!isSuccess(answer.status)) throw this.#init.http.error(answer, '204 for the SDP answer');
  }

  /**
   * Sends candidates. A refusal is no failure, since ICE may reach the server without them. If the standard does not mention
   * such a refusal, a warning reports it. Rejects only when the session has ended.
   */
  async trickle(fragment: string): Promise<TrickleResult> {
    // The creation has told that there is no URL.
    if (!this.#url && !this.#isClosed) return 'unsupported';
    try {
      let answer = await this.#patchFragment(fragment, this.#etag);
      // The server demands a condition, but its tag cannot be read. `*` stands for any session that exists.
      if (answer.status === 428 && this.#etag === null) answer = await this.#patchFragment(fragment, '*');
      const { status } = answer;
      if (isSuccess(status)) return 'accepted';
      if (status === 412) return 'outdated';
      this.#isUrlUnknown ||= isUnknownThere(status) && !this.#hasAcceptedPatch;
      if (!withoutTrickle.has(status)) {
        const advice = this.#advice(status, NO_SESSION_URL);
        this.#init.onWarning(this.#init.http.error(answer, '204 for the candidates', { advice }));
      }
    } catch (error) {
      if (!(error instanceof RtcHttpError)) throw error;
      this.#init.onWarning(error);
    }
    return 'unsupported';
  }

  /**
   * Sends a fragment that changes nothing, to see whether the server is there. Rejects if it does not answer, has failed, or has
   * forgotten the session.
   */
  async ask(fragment: string): Promise<void> {
    const answer = await this.#patchFragment(fragment, this.#etag);
    const { status } = answer;
    const hasFailed = status >= 500 && status !== 501;
    if (hasFailed || isUnknownThere(status))
      throw this.#init.http.error(answer, '204', { advice: this.#advice(status) });
  }

  /** Restarts ICE. Resolves to the server's new credentials. If it rejects, the session is unchanged. */
  async restart(fragment: string): Promise<IceFragment> {
    const answer = await this.#patchFragment(fragment, '*');
    const { http } = this.#init;
    const expected = '200 with the new ICE credentials';
    if (!isSuccess(answer.status)) {
      throw http.error(answer, expected, { advice: this.#advice(answer.status) });
    }
    const remote = parseFragment(answer.body);
    if (!remote) throw http.error(answer, expected, { given: `${answer.status} without ICE credentials` });
    this.#etag = strongEntityTag(answer);
    return remote;
  }

  /**
   * The advice for an answer from the URL of the session, if it differs from the advice for its status.
   *
   * @param consequence Ends the advice, unless the session is known to be gone.
   */
  #advice(status: number, consequence = ''): string | undefined {
    if (!isUnknownThere(status)) return undefined;
    if (this.#hasAcceptedPatch) return SESSION_GONE;
    return `${this.#isUrlUnknown ? PROXY_HINT : LOST_OR_PROXY} ${consequence}`.trimEnd();
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
    return this.#url ? this.#sendDelete(this.#url) : null;
  }

  async #sendDelete(url: URL): Promise<RtcHttpError | null> {
    const { http } = this.#init;
    try {
      // Without If-Match, because every ICE session of it has to end (RFC 9725, 4.3.1).
      // With keepalive, because the user may leave the page right afterwards.
      const answer = await http.send({ method: 'DELETE', url, keepalive: true });
      if (isSuccess(answer.status)) return null;
      const advice = this.#advice(answer.status, SESSION_REMAINS) ?? SESSION_REMAINS;
      return http.error(answer, '200 for the end of the session', { advice });
    } catch (error) {
      return error instanceof RtcHttpError ? error : null;
    }
  }

  /** Ends a session whose offer was given up before the server answered it. */
  async #endLateSession(answer: SignalingAnswer): Promise<void> {
    const { url } = isSuccess(answer.status) || hasSdp(answer) ? this.#readLocation(answer) : { url: null };
    const error = url && (await this.#sendDelete(url));
    if (error) this.#init.onWarning(error);
  }

  #patchFragment(fragment: string, ifMatch: string | null): Promise<SignalingAnswer> {
    // Without a tag there is no condition: many servers want none, and `*` would mean a restart (RFC 9725, 4.3.3).
    return this.#patch({ 'content-type': FRAGMENT_TYPE, ...(ifMatch && { 'if-match': ifMatch }) }, fragment);
  }

  async #patch(headers: SignalingRequest['headers'], body: string): Promise<SignalingAnswer> {
    if (this.#isClosed) throw abortError('The session has ended.');
    if (!this.#url)
      throw mediaPathError('The path cannot be repaired: the server named no usable URL for the session.');
    const { http, signal } = this.#init;
    const answer = await http.send({ method: 'PATCH', url: this.#url, headers, body, signal });
    if (isSuccess(answer.status)) this.#hasAcceptedPatch = true;
    return answer;
  }

  /**
   * The URL of the session that an answer names. If it is missing or unusable, `given` names the reason, without the URL,
   * which may hold a secret. No other URL is guessed in its place.
   */
  #readLocation({ headers, url: base }: SignalingAnswer): Location {
    const location = headers.get('location');
    const mustBeSecure = base.protocol === 'https:';
    const allowed = mustBeSecure ? 'an https: URL' : 'an http: or https: URL';
    const refuse = (given: string): Location => ({ url: null, given, allowed });
    if (!location) return refuse('no Location (CORS has to expose it if the server is of another origin)');
    if (!URL.canParse(location, base)) return refuse('a Location that is not a URL');
    const url = new URL(location, base);
    if (url.username || url.password) return refuse('a Location that has a user name or a password');
    if (url.protocol === 'http:' && mustBeSecure) {
      // A browser would block it as mixed content, and the token must not be sent in the clear.
      return refuse('a Location of http: (a proxy that ends TLS has to change it, or pass on X-Forwarded-Proto)');
    }
    if (!/^https?:$/.test(url.protocol)) return refuse(`a Location of ${url.protocol}`);
    this.#init.http.trust(url, base);
    return { url, given: '', allowed };
  }
}

interface Location {
  /** `null` if the session has no usable URL. */
  readonly url: URL | null;
  /** For an error, the reason why there is none; empty if there is one. */
  readonly given: string;
  /** The kind of URL that would be usable, in words. */
  readonly allowed: string;
}

/**
 * The statuses with which servers say that they do not support trickle ICE: those of the standard, and others that servers use.
 * ICE still reaches such a server if it has a public address, because it learns the client's candidates from the client's
 * checks.
 */
const withoutTrickle: ReadonlySet<number> = new Set([400, 405, 415, 422, 428, 501]);

/** Whether a status means that there is nothing at the URL. */
const isUnknownThere = (status: number): boolean => status === 404 || status === 410;

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const mediaType = ({ headers }: SignalingAnswer): string =>
  (headers.get('content-type') ?? '').replace(/;.*/s, '').trim().toLowerCase();

const hasSdp = ({ body }: SignalingAnswer): boolean => /^\s*v=0\s/.test(body);

/** A weak tag never matches (RFC 9110, 13.1.1), so only a strong one is of use. */
function strongEntityTag({ headers }: SignalingAnswer): string | null {
  const tag = headers.get('etag')?.trim();
  return tag && /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(tag) ? tag : null;
}
