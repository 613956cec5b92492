/**
 * A middleware for the server of the tests. The address of a page can name response headers, for example a content
 * security policy:
 *
 *     /test/pages/strict.html?headers={"content-security-policy":"default-src 'self'"}
 *
 * Other origins may read every response; `localhost` and `127.0.0.1` are two origins of this one server.
 */
export async function responseHeaders(context, next) {
  await next();
  context.set('access-control-allow-origin', '*');
  if (context.query.headers) context.set(JSON.parse(context.query.headers));
}
