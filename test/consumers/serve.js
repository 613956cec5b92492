import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json' };

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

/** The content security policies of pages, by the name of their folder. */
const policies = {
  strict: "default-src 'self'; media-src 'self' blob: mediastream:",
  // The one that the README gives.
  trusted: /^Content-Security-Policy: (.+)$/m.exec(readme)[1],
  untrusted: "script-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
};

const isFile = async (path) => (await stat(path).catch(() => undefined))?.isFile();

/** Serves a folder, with CORS for all origins. Resolves to the origin. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    let path = join(folder, normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)));
    if (!(await isFile(path)) && path.includes('single-page')) path = join(dirname(path), 'index.html');
    if (!(await isFile(path))) {
      response.writeHead(404).end();
      return;
    }
    const policy = extname(path) === '.html' && policies[dirname(path).split(/[\\/]/).pop()];
    response.writeHead(200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'access-control-allow-origin': '*',
      ...(policy && { 'content-security-policy': policy }),
    });
    createReadStream(path).pipe(response);
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}`;
}
