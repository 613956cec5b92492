/** Pages that a server on the loopback address sends, for tests in Node that drive a browser. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedPages {
  /** The port. `127.0.0.1` and `localhost` are two origins. */
  readonly port: number;
  /** The address of a page. */
  urlOf(path: string): string;
  close(): void;
}

/** @param pages The text of each page, by its path. */
export async function servePages(pages: Readonly<Record<string, string>>): Promise<ServedPages> {
  const server = createServer(({ url = '' }, response) => {
    const text = pages[url.split('?')[0] ?? ''];
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    urlOf: (path) => `http://127.0.0.1:${port}${path}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
