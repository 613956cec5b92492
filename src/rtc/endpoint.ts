/**
 * Reads the URL that a client is given; a relative one counts from the document.
 *
 * @throws {TypeError} for what `fetch()` would not take.
 */
export function readEndpoint(endpoint: string | URL): URL {
  const base = (globalThis as { document?: { baseURI?: string } }).document?.baseURI;
  // Relative to the document it would be the page itself.
  if (String(endpoint) === '') throw new TypeError('endpoint is empty; it takes the URL of a server.');
  // What was given may have a secret in it: the error does not repeat it.
  if (!URL.canParse(String(endpoint), base)) throw new TypeError('endpoint is no URL; it takes that of a server.');
  const url = new URL(String(endpoint), base);
  if (!/^https?:$/.test(url.protocol)) {
    throw new TypeError(`endpoint is a URL of ${url.protocol}; it takes one of https: or http:.`);
  }
  if (url.username || url.password) {
    throw new TypeError('endpoint has a user name or password in it, which fetch() refuses: use token.');
  }
  return url;
}

/** @throws {TypeError} for a token that no header can carry. */
export function readToken(token: string | null | undefined): string | null {
  if (!token) return null;
  // Checked here, because the browser's own error would repeat it.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError('token has characters that no header can carry: it takes ASCII without spaces.');
  }
  return token;
}
