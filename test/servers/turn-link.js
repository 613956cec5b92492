/** Credentials of a TURN server that are valid for some seconds, as many services make them. */
import { createHmac } from 'node:crypto';

/** The secret that the TURN server shares with the media server. */
export const TURN_SECRET = 'secret-of-the-test-run';

/**
 * The `Link` header (RFC 9725, 4.6) with the address of a TURN server and credentials for it: by the draft "A REST API For
 * Access To TURN Services", which coturn follows, the user name says when they expire, and the secret proves it.
 */
export function turnLink(address, seconds) {
  const username = `${Math.floor(Date.now() / 1000) + seconds}:test`;
  const credential = createHmac('sha1', TURN_SECRET).update(username).digest('base64');
  return `<turn:${address}?transport=udp>; rel="ice-server"; username="${username}"; credential="${credential}"`;
}
