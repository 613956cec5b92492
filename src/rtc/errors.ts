/** The request that something went wrong with. It never carries the token, nor a query, where some servers want one. */
export interface FailedRequest {
  readonly method: string;
  /** Origin and path. */
  readonly url: string;
  /** The status of the answer; 0 when none came. */
  readonly status: number;
  /** What the standard says the answer is. */
  readonly expected: string;
  /** How long the server asks to wait, in milliseconds; `null` when it does not say. */
  readonly retryAfter: number | null;
}

interface RtcHttpErrorInit {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly expected: string;
  /** What came instead, where the status does not tell. */
  readonly given?: string;
  /** What to do about it. */
  readonly advice?: string;
  readonly retryAfter?: number | null;
  readonly cause?: unknown;
}

/**
 * An answer of a WHIP or WHEP server that is not what the standard says, or none at all (`status` 0). The message names
 * the request, what came, what was expected and what to do.
 */
export class RtcHttpError extends Error implements FailedRequest {
  override readonly name = 'RtcHttpError';
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly expected: string;
  readonly retryAfter: number | null;

  constructor({ method, url, status, expected, given, advice, retryAfter = null, cause }: RtcHttpErrorInit) {
    const came = given ?? (status === 0 ? 'no answer' : `status ${status}`);
    const what = advice ?? adviceFor(status);
    super(`${method} ${url} got ${came}; expected ${expected}.${what && ` ${what}`}`, { cause });
    this.method = method;
    this.url = url;
    this.status = status;
    this.expected = expected;
    this.retryAfter = retryAfter;
  }
}

/** One sentence a status: what whoever reads the message can do. */
const advice: Readonly<Record<number, string>> = {
  0: 'Check that the server runs, and that it allows this page by CORS: the methods POST, PATCH and DELETE, and the headers Authorization, Content-Type and If-Match.',
  400: 'The server could not read the request: see its log.',
  401: 'The server wants a token, or another one: set token.',
  403: 'The token does not allow this: set one that does.',
  404: 'Check the endpoint; a server may also answer so while nothing is published there.',
  405: 'This URL does not take the request: check that endpoint is the WHIP or WHEP URL itself.',
  406: 'The server does not take what is offered: try another codec, or fewer kinds of tracks.',
  409: 'Somebody else may publish there, or nobody yet.',
  415: 'Check that endpoint is the WHIP or WHEP URL itself.',
  422: 'The server does not support this.',
};

function adviceFor(status: number): string {
  return advice[status] ?? (status >= 500 ? 'The server is in trouble, or too busy: see its log.' : '');
}

/** What a client goes through that is nobody's answer: the media path. */
export const pathError = (message: string): DOMException => new DOMException(message, 'NetworkError');

/** What a promise rejects with when its work was ended on purpose. */
export const abortError = (message: string): DOMException => new DOMException(message, 'AbortError');
