import { RtcHttpError } from './errors.js';
import { parseRetryAfter } from './retry-after.js';
import { type Clock, unlessAborted } from './timing.js';

export interface SignalingHttpInit {
  readonly endpoint: URL;
  readonly token: string | null;
  /** Origins besides the endpoint's own that may be told the token. */
  readonly tokenOrigins: readonly string[];
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Milliseconds after which an answer is no longer waited for. */
  readonly timeout: number;
}

export interface SignalingRequest {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Goes out even while the page is being left. */
  readonly keepalive?: boolean;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

/** An answer with its body read. */
export interface SignalingAnswer {
  readonly request: SignalingRequest;
  readonly status: number;
  /** Where it came from in the end: redirections have been followed. */
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Sends the requests of one client: each with its token or, where there is none, without; none without an end. What is
 * not an answer rejects with an {@link RtcHttpError}.
 *
 * The token goes to the endpoint's origin, to those in `tokenOrigins`, and to where an answer of such an origin says
 * that the session is: RFC 9725 wants it in every request to a session. A redirection to another origin is followed by
 * the browser without the token (RFC 9110, 15.4; Fetch), and such an origin does not get it afterwards either, unless
 * `tokenOrigins` has it: then the request is repeated there.
 */
export class SignalingHttp {
  readonly #init: SignalingHttpInit;
  readonly #trusted: Set<string>;

  constructor(init: SignalingHttpInit) {
    this.#init = init;
    this.#trusted = new Set([init.endpoint.origin, ...init.tokenOrigins]);
  }

  /** Lets the session's origin have the token, if it was findByName by one that has it. */
  trust(url: URL, namedBy: URL): void {
    if (this.#trusted.has(namedBy.origin)) this.#trusted.add(url.origin);
  }

  async send(request: SignalingRequest): Promise<SignalingAnswer> {
    const answer = await this.#sendOnce(request);
    const moved = answer.url.origin !== request.url.origin;
    if (moved && (answer.status === 401 || answer.status === 403) && this.#mayTell(answer.url)) {
      return this.#sendOnce({ ...request, url: answer.url });
    }
    return answer;
  }

  /** The error for an answer that is not what was expected. */
  error(answer: SignalingAnswer, expected: string, given?: string, cause?: unknown): RtcHttpError {
    const { request, status, url, headers } = answer;
    const now = Date.parse(headers.get('date') ?? '') || this.#init.clock.now();
    return new RtcHttpError({
      method: request.method,
      url: this.#printable(request.url),
      status,
      expected,
      given: `${this.#withoutToken(given ?? `status ${status}`)}${this.#reason(answer)}`,
      advice: this.#adviceAfterRedirect(request.url, url, status),
      retryAfter: parseRetryAfter(headers.get('retry-after'), now),
      cause,
    });
  }

  async #sendOnce(request: SignalingRequest): Promise<SignalingAnswer> {
    const { method, url, headers, body, keepalive = false, signal } = request;
    const ending = new AbortController();
    const stop = () => ending.abort();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    const forget = this.#init.clock.after(this.#init.timeout, stop);
    try {
      const authorization = this.#mayTell(url) && { authorization: `Bearer ${this.#init.token}` };
      const options = { method, body, keepalive, cache: 'no-store', signal: ending.signal } as const;
      // Called without an object before it: `fetch` insists on the window.
      const { fetch } = this.#init;
      const response = await unlessAborted(
        ending.signal,
        fetch(url.href, { ...options, headers: { ...headers, ...authorization } }),
      );
      const text = await unlessAborted(ending.signal, response.text());
      const from = new URL(response.url || url.href);
      return { request, status: response.status, url: from, headers: response.headers, body: text };
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      const given = ending.signal.aborted ? `no answer within ${this.#init.timeout} ms` : undefined;
      const where = this.#printable(url);
      throw new RtcHttpError({ method, url: where, status: 0, expected: 'an answer', given, cause });
    } finally {
      forget();
      signal?.removeEventListener('abort', stop);
    }
  }

  #mayTell(url: URL): boolean {
    // Once over TLS, never in the clear.
    const secure = this.#init.endpoint.protocol === 'https:';
    return Boolean(this.#init.token) && this.#trusted.has(url.origin) && (!secure || url.protocol === 'https:');
  }

  /** A URL as an error names it: some services have secrets in the query. */
  #printable(url: URL): string {
    return this.#withoutToken(`${url.origin}${url.pathname}`);
  }

  #withoutToken(text: string): string {
    const { token } = this.#init;
    if (!token) return text;
    // Content types and the like come in lower case.
    const forms = [token, encodeURIComponent(token)].flatMap((form) => [form, form.toLowerCase()]);
    return forms.reduce((safe, secret) => safe.replaceAll(secret, '…'), text);
  }

  /** What the server wrote about it, in short: plain text, or a problem's `detail` or `title` (RFC 9457). */
  #reason({ status, headers, body }: SignalingAnswer): string {
    if (status < 400) return '';
    const type = headers.get('content-type') ?? '';
    let text = /^text\/plain/i.test(type) ? body : '';
    if (/^application\/problem\+json/i.test(type)) {
      try {
        const { detail, title } = JSON.parse(body) as { detail?: unknown; title?: unknown };
        text = [detail, title].find((part): part is string => typeof part === 'string') ?? '';
      } catch {
        // Then it says nothing.
      }
    }
    const words = this.#withoutToken(text)
      .replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ')
      .trim();
    return words && ` (“${words.length > 120 ? `${words.slice(0, 119)}…` : words}”)`;
  }

  #adviceAfterRedirect(asked: URL, answered: URL, status: number): string | undefined {
    if (asked.origin === answered.origin) return undefined;
    const where = `It was redirected to ${answered.origin}`;
    const refused = status === 401 || status === 403;
    return refused && this.#init.token && !this.#mayTell(answered)
      ? `${where}, and a token does not go along to another origin: add that to tokenOrigins, or set the endpoint to it.`
      : `${where}: redirections are to be 307 or 308, which keep method and body.`;
  }
}
