import { valueError } from '../signals/checks.js';
import { describeValue } from '../signals/describe-value.js';
import { RtcHttpError } from './errors.js';
import { parseRetryAfter } from './retry-policy.js';
import { abortable, type Clock } from './timing.js';

/** How requests are sent. It may change between two requests. */
export interface SignalingOptions {
  readonly token: string | null;
  /** Origins besides the endpoint's own that may receive the token. */
  readonly tokenOrigins: readonly string[];
  readonly fetch: typeof fetch;
  /** Whether cookies are sent; the browser's default unless given. */
  readonly credentials: RequestCredentials | undefined;
  /** Milliseconds in which a request has to be answered. */
  readonly timeout: number;
}

export interface SignalingHttpInit {
  readonly endpoint: URL;
  readonly clock: Clock;
  readonly options: SignalingOptions;
}

export interface SignalingRequest {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the request is sent even while the user leaves the page. */
  readonly keepalive?: boolean;
  /** Cancels the request. */
  readonly signal?: AbortSignal;
  /** Set for a request whose answer counts also if it comes late. */
  readonly late?: LateAnswer;
}

/**
 * A request that makes something on the server is not cancelled when its time is over: the server may have done its work,
 * and the answer is the only way to know of it.
 */
export interface LateAnswer {
  /** The time is over. The answer is awaited as long again, unless `signal` is aborted. */
  onSlow(error: RtcHttpError): void;
  /** An answer that came after `send()` had rejected. */
  onAnswer(answer: SignalingAnswer): void;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** An answer, with its body already read. */
export interface SignalingAnswer {
  readonly request: SignalingRequest;
  readonly status: number;
  /** The URL that answered, after all redirections. */
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Sends the HTTP requests of one client: with its token, if it has one, and with a time limit. A request without an
 * answer rejects with an {@link RtcHttpError}.
 *
 * The endpoint's origin and those in `tokenOrigins` receive the token. So does the origin of a session that one of them
 * names, because RFC 9725 wants the token in every request to a session. If a server redirects to another origin, the
 * browser follows without the token (RFC 9110, 15.4; Fetch). Such an origin does not receive it later either, unless
 * `tokenOrigins` contains it: then the request is repeated there, with the token.
 */
export class SignalingHttp {
  readonly #endpoint: URL;
  readonly #clock: Clock;
  /** The origin of the endpoint, and the origins of sessions. */
  readonly #trustedOrigins: Set<string>;
  #options: SignalingOptions;
  /** Every token so far: errors contain none of them. */
  readonly #secrets = new Set<string>();

  constructor({ endpoint, clock, options }: SignalingHttpInit) {
    this.#endpoint = endpoint;
    this.#clock = clock;
    this.#trustedOrigins = new Set([endpoint.origin]);
    this.#options = options;
    this.configure(options);
  }

  /** Changes how the next request is sent. */
  configure(options: SignalingOptions): void {
    this.#options = options;
    if (options.token) this.#secrets.add(options.token);
  }

  /** Lets the origin of a session receive the token, if the server that names the session may receive it. */
  trust(session: URL, namedBy: URL): void {
    if (this.#isTrusted(namedBy)) this.#trustedOrigins.add(session.origin);
  }

  async send(request: SignalingRequest): Promise<SignalingAnswer> {
    const answer = await this.#sendOnce(request);
    const wasMoved = answer.url.origin !== request.url.origin;
    if (wasMoved && isUnauthorized(answer.status) && this.#maySendToken(answer.url)) {
      return this.#sendOnce({ ...request, url: answer.url });
    }
    return answer;
  }

  /** The time of an answer: by the server's clock if its date can be read, else by the page's. */
  timeOf({ headers }: SignalingAnswer): number {
    return Date.parse(headers.get('date') ?? '') || this.#clock.now();
  }

  /** The error for an answer that is not the expected one. */
  error(answer: SignalingAnswer, expected: string, { given, cause, advice }: ErrorDetails = {}): RtcHttpError {
    const { request, status, url, headers } = answer;
    return new RtcHttpError({
      method: request.method,
      url: this.#urlForErrors(request.url),
      status,
      expected,
      given: `${this.#withoutToken(given ?? `status ${status}`)}${this.#reasonIn(answer)}`,
      advice: advice ?? this.#adviceAfterRedirect(request.url, url, status),
      retryAfter: parseRetryAfter(headers.get('retry-after'), this.timeOf(answer)),
      cause,
    });
  }

  async #sendOnce(request: SignalingRequest): Promise<SignalingAnswer> {
    const { signal, late } = request;
    const { timeout } = this.#options;
    let time = timeout;
    // Aborted when the answer is no longer awaited.
    const waiting = new AbortController();
    // Aborted when the request itself is cancelled.
    const sending = new AbortController();
    const giveUp = () => {
      waiting.abort();
      if (!late) sending.abort();
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted) giveUp();
    let cancelTimeout = this.#clock.after(timeout, () => {
      if (!late || late.signal.aborted) return giveUp();
      late.onSlow(this.#noAnswer(request, timeout, { advice: 'It is awaited for as long again.' }));
      late.signal.addEventListener('abort', giveUp, { once: true, signal: waiting.signal });
      time = 2 * timeout;
      cancelTimeout = this.#clock.after(timeout, giveUp);
    });
    const answering = this.#fetch(request, sending.signal);
    try {
      return await abortable(waiting.signal, answering);
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      if (late && waiting.signal.aborted) this.#awaitLateAnswer(answering, late, sending);
      throw this.#noAnswer(request, waiting.signal.aborted ? time : null, { cause });
    } finally {
      cancelTimeout();
      // Ends the listeners of this signal.
      if (!waiting.signal.aborted) waiting.abort();
      signal?.removeEventListener('abort', giveUp);
    }
  }

  async #fetch(request: SignalingRequest, signal: AbortSignal): Promise<SignalingAnswer> {
    const { method, url, headers, body, keepalive = false } = request;
    const { fetch, credentials, token } = this.#options;
    const authorization = this.#maySendToken(url) && { authorization: `Bearer ${token}` };
    const options = {
      method,
      body,
      keepalive,
      cache: 'no-store',
      signal,
      ...(credentials && { credentials }),
    } as const;
    // `fetch` is a local variable because the browser's own has to be called without an object before it.
    const response = await abortable(
      signal,
      fetch(url.href, { ...options, headers: { ...headers, ...authorization } }),
    );
    const text = await abortable(signal, response.text());
    const answeringUrl = new URL(response.url || url.href);
    return { request, status: response.status, url: answeringUrl, headers: response.headers, body: text };
  }

  #awaitLateAnswer(answering: Promise<SignalingAnswer>, late: LateAnswer, sending: AbortController): void {
    const cancelTimeout = this.#clock.after(LATE_ANSWER_TIMEOUT_MS, () => sending.abort());
    answering
      .then(
        (answer) => late.onAnswer(answer),
        () => {},
      )
      .finally(cancelTimeout);
  }

  /** @param time Milliseconds in which it was awaited, if the time is over. */
  #noAnswer({ method, url }: SignalingRequest, time: number | null, details: ErrorDetails = {}): RtcHttpError {
    return new RtcHttpError({
      method,
      url: this.#urlForErrors(url),
      status: 0,
      expected: 'an answer',
      given: time === null ? undefined : `no answer within ${time} ms`,
      ...details,
    });
  }

  #maySendToken(url: URL): boolean {
    // A token for a TLS endpoint is never sent in the clear.
    const isSecure = this.#endpoint.protocol !== 'https:' || url.protocol === 'https:';
    return Boolean(this.#options.token) && this.#isTrusted(url) && isSecure;
  }

  #isTrusted({ origin }: URL): boolean {
    return this.#trustedOrigins.has(origin) || this.#options.tokenOrigins.includes(origin);
  }

  /** Without the query, because some services have secrets there. */
  #urlForErrors(url: URL): string {
    return this.#withoutToken(`${url.origin}${url.pathname}`);
  }

  #withoutToken(text: string): string {
    // A server may repeat a token in a header, such as the content type, which is in lower case here.
    const forms = [...this.#secrets]
      .flatMap((token) => [token, encodeURIComponent(token)])
      .flatMap((form) => [form, form.toLowerCase()])
      .sort((a, b) => b.length - a.length);
    return forms.reduce((safe, secret) => safe.replaceAll(secret, '…'), text);
  }

  /** The server's own explanation, shortened: plain text, or a problem's `detail` or `title` (RFC 9457). */
  #reasonIn({ status, headers, body }: SignalingAnswer): string {
    if (status < 400) return '';
    const type = headers.get('content-type') ?? '';
    let text = /^text\/plain/i.test(type) ? body : '';
    if (/^application\/problem\+json/i.test(type)) {
      try {
        const { detail, title } = JSON.parse(body) as { detail?: unknown; title?: unknown };
        text = [detail, title].find((part): part is string => typeof part === 'string') ?? '';
      } catch {
        // The body is not JSON, so it explains nothing.
      }
    }
    const words = this.#withoutToken(text)
      .replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ')
      .trim();
    return words && ` (“${words.length > 120 ? `${words.slice(0, 119)}…` : words}”)`;
  }

  #adviceAfterRedirect(asked: URL, answered: URL, status: number): string | undefined {
    if (asked.origin === answered.origin) return undefined;
    const redirection = `The request was redirected to ${answered.origin}`;
    return isUnauthorized(status) && this.#options.token && !this.#maySendToken(answered)
      ? `${redirection}, and a token is not sent to another origin: add the origin to tokenOrigins, or use it as endpoint.`
      : `${redirection}: a redirection has to be 307 or 308, which keep method and body.`;
  }
}

/** The parts of an error that do not follow from the answer. */
export interface ErrorDetails {
  /** The answer that arrived instead, if the status does not say it. */
  readonly given?: string;
  readonly cause?: unknown;
  /** Tells the reader what to do. By default it follows from the status. */
  readonly advice?: string;
}

/** After this time browsers and proxies end a connection without an answer. */
const LATE_ANSWER_TIMEOUT_MS = 60_000;

const isUnauthorized = (status: number): boolean => status === 401 || status === 403;

/**
 * Parses the URL of a server. A relative URL is resolved against the document.
 *
 * @throws {TypeError} for a URL that `fetch()` would not accept. The message does not repeat the URL, which may contain a
 * secret.
 */
export function parseEndpoint(endpoint: string | URL): URL {
  const base = (globalThis as { document?: { baseURI?: string } }).document?.baseURI;
  // An empty URL would be the page itself.
  if (String(endpoint) === '') throw new TypeError('endpoint is empty; it must be the URL of a server.');
  if (!URL.canParse(String(endpoint), base)) {
    throw new TypeError('endpoint is not a URL; it must be the URL of a server.');
  }
  const url = new URL(String(endpoint), base);
  if (!/^https?:$/.test(url.protocol)) {
    throw new TypeError(`endpoint is a URL of ${url.protocol}; it must be a URL of https: or http:.`);
  }
  if (url.username || url.password) {
    throw new TypeError('endpoint has a user name or a password; it must be a URL without them. Set token instead.');
  }
  return url;
}

/** @throws {TypeError} for a token that a header cannot carry. The message does not repeat the token. */
export function parseToken(token: string | null | undefined): string | null {
  if (token === null || token === undefined || token === '') return null;
  // Checked here, because the browser's own error would contain the token.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError('token is not plain ASCII; it must be ASCII without spaces.');
  }
  return token;
}

/** @throws {TypeError} for anything but a list of origins. */
export function parseOrigins(origins: readonly string[]): string[] {
  if (!Array.isArray(origins)) {
    throw valueError('tokenOrigins', origins, 'a list of origins such as ["https://edge.example"]', TypeError);
  }
  return origins.map((origin: unknown) => {
    if (typeof origin === 'string' && URL.canParse(origin)) return new URL(origin).origin;
    const given = describeValue(origin);
    throw new TypeError(`tokenOrigins contains ${given}; it must contain origins such as "https://edge.example".`);
  });
}
