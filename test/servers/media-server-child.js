/**
 * The media server as a child process, so that a test can kill it as a crash would. It sends its origin to the parent, and
 * then answers the parent's calls: `{ id, call, value }` by `{ id, result }`.
 */
import { MediaServer } from './media-server.js';

const server = new MediaServer();

const calls = {
  log: () => server.log,
  counts: (path) => server.counts(path),
  freeze: (value) => server.freeze(value),
  thaw: (path) => server.thaw(path),
  pause: (value) => server.pause(value),
  drop: (path) => server.drop(path),
};

process.on('message', ({ id, call, value }) => process.send({ id, result: calls[call](value) ?? null }));
process.on('disconnect', () => process.exit());
process.send({ origin: await server.listen(Number(process.argv[2] ?? 0)) });
