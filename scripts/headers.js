/**
 * A middleware for the tests' server. A page's address can ask for response headers, so that a test can have a page
 * with a content security policy:
 *
 *     /test/pages/strict.html?headers={"content-security-policy":"default-src 'self'"}
 *
 * Every answer may be read from another origin; the server is one under both `localhost` and `127.0.0.1`.
 */
export async function responseHeaders(context, next) {
  await next();
  context.set('access-control-allow-origin', '*');
  if (context.query.headers) context.set(JSON.parse(context.query.headers));
}
