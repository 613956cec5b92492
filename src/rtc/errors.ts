import { checkObject, valueError } from '../signals/checks.js';

/** The properties of an {@link RtcHttpError}, and the parts of its message that are no properties. */
export interface RtcHttpErrorInit {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly expected: string;
  /** The answer that arrived instead, if the status does not say it. */
  readonly given?: string;
  /** Tells the reader what to do. By default it follows from the status. */
  readonly advice?: string;
  readonly retryAfter?: number | null;
  readonly cause?: unknown;
}

/**
 * A WHIP or WHEP server did not answer (`status` 0), or its answer is not the one that the standard asks for. The message
 * names the request, the answer, the expected answer, and what to do. It contains neither the token nor the URL's query,
 * because some servers take secrets in the query.
 */
export class RtcHttpError extends Error {
  override readonly name = 'RtcHttpError';
  /** The HTTP method of the request: `POST`, `PATCH` or `DELETE`. */
  readonly method: string;
  /** Origin and path of the request. */
  readonly url: string;
  /** The HTTP status of the answer; 0 if none arrived. */
  readonly status: number;
  /** The answer that the standard asks for, in words. */
  readonly expected: string;
  /** How long the server asks to wait, in milliseconds; `null` if it does not ask. */
  readonly retryAfter: number | null;

  /** @throws {TypeError} for anything but an object with those of its properties that have no default. */
  constructor(init: RtcHttpErrorInit) {
    checkObject('init', init, INIT_FIELDS);
    const { method, url, status, expected, given, advice, retryAfter = null, cause } = init;
    if ([method, url, status, expected].includes(undefined as never)) {
      throw valueError('init', init, INIT_FIELDS, TypeError);
    }
    const received = given ?? (status === 0 ? 'no answer' : `status ${status}`);
    const hint = advice ?? adviceFor(status);
    super(`${method} ${url} got ${received}; expected ${expected}.${hint && ` ${hint}`}`, { cause });
    this.method = method;
    this.url = url;
    this.status = status;
    this.expected = expected;
    this.retryAfter = retryAfter;
  }
}

const INIT_FIELDS = 'an object with method, url, status and expected';

/** One sentence for each status that tells the reader what to do. */
const adviceByStatus: Readonly<Record<number, string>> = {
  0: 'Check that the server runs, and that it allows this page by CORS: the methods POST, PATCH and DELETE, and the headers Authorization, Content-Type and If-Match.',
  400: 'The server could not read the request: see its log.',
  401: 'The server wants a token, or another one: set token.',
  403: 'The token does not allow this: set one that does.',
  404: 'Check the endpoint. Some servers also answer 404 while nothing is published there.',
  405: 'This URL does not accept the request: check that endpoint is the WHIP or WHEP URL itself.',
  406: 'The server does not accept the offer: try another codec, or fewer kinds of tracks.',
  409: 'Another client publishes there already; or, for a player, nothing is published there yet.',
  415: 'Check that endpoint is the WHIP or WHEP URL itself.',
  422: 'The server does not support this.',
};

/** An unknown status counts as the first of its class (RFC 9110, 15). */
function adviceFor(status: number): string {
  if (status >= 500) return 'The server has failed or is overloaded: see its log.';
  return adviceByStatus[status] ?? (status >= 400 ? (adviceByStatus[400] ?? '') : '');
}

/** The error of a media path that failed; no HTTP request is to blame. */
export const mediaPathError = (message: string): DOMException => new DOMException(message, 'NetworkError');

/** The reason for work that was ended on purpose. */
export const abortError = (message: string): DOMException => new DOMException(message, 'AbortError');
