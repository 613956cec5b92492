/**
 * The media server as a child process, so that a test can kill it as a crash would. The parent gets its origin, then
 * asks by messages: `{ id, call, value }`, answered by `{ id, result }`.
 */
import { MediaServer } from './media-server.js';

const server = new MediaServer();

const calls = {
  log: () => server.log,
  counts: (path) => server.counts(path),
  freeze: (value) => server.freeze(value),
  drop: (path) => server.drop(path),
};

process.on('message', ({ id, call, value }) => process.send({ id, result: calls[call](value) ?? null }));
process.on('disconnect', () => process.exit());
process.send({ origin: await server.listen(Number(process.argv[2] ?? 0)) });
