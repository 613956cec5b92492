/** Ports of the loopback interface, for programs that cannot pick a free one themselves. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves to a port on which no program listens. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves as soon as a program listens on the port. Rejects after `seconds`. */
export async function listening(port, seconds = 10) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
  }
  throw new Error(`no program listens on port ${port} after ${seconds} s`);
}
