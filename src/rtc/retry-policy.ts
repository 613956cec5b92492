import { RtcHttpError } from './errors.js';

/** What may pass: no answer at all, too early, too much, a conflict with somebody who may leave. */
const temporary = new Set([0, 408, 409, 425, 429]);

/** A session that was given up on purpose, to make another. */
export const isRenewal = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/**
 * Whether trying again would be in vain.
 *
 * @param mayAppear Whether what is not found may still come.
 * @param wasLive Whether it has worked before: then something in between may answer for a server that is coming up.
 */
export function isFinal(error: unknown, mayAppear: boolean, wasLive: boolean): boolean {
  if (!(error instanceof RtcHttpError)) {
    return !(error instanceof DOMException && (error.name === 'NetworkError' || isRenewal(error)));
  }
  const { status, retryAfter } = error;
  if (temporary.has(status)) return false;
  if (retryAfter !== null && status >= 400) return false;
  if (status >= 500) return status === 501 || status === 505;
  if (status === 404 || status === 410) return !mayAppear;
  return !(wasLive && status < 400);
}
