/** The media servers of a test run: one for each browser, because a test may kill its server. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

class ServerProcess {
  #child = null;
  #port = 0;
  #callCount = 0;
  /** The requests before the server was killed. */
  #previousLog = [];
  /** Resolve the calls that are not answered yet, by id. */
  #pendingCalls = new Map();

  /** Starts the server; again on the same port. Resolves to its origin. */
  async start() {
    if (this.#child) return this.#origin();
    const child = fork(new URL('./media-server-child.js', import.meta.url), [String(this.#port)]);
    this.#child = child;
    const failed = once(child, 'exit').then(() => {
      throw new Error('The media server did not start: see its output above.');
    });
    const [{ origin }] = await Promise.race([once(child, 'message'), failed]);
    failed.catch(() => {});
    child.on('message', ({ id, result }) => {
      this.#pendingCalls.get(id)?.(result);
      this.#pendingCalls.delete(id);
    });
    child.unref();
    child.channel.unref();
    this.#port = Number(new URL(origin).port);
    return origin;
  }

  /** Kills the server, as a crash would. */
  async kill() {
    const child = this.#child;
    if (!child) return;
    this.#previousLog = await this.log();
    this.#child = null;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** All requests, also those before the server was killed. */
  async log() {
    return [...this.#previousLog, ...(this.#child ? await this.#call('log') : [])];
  }

  counts(path) {
    return this.#call('counts', path);
  }

  drop(path) {
    return this.#call('drop', path);
  }

  freeze(value) {
    return this.#call('freeze', value);
  }

  thaw(path) {
    return this.#call('thaw', path);
  }

  pause(value) {
    return this.#call('pause', value);
  }

  #call(call, value) {
    this.#callCount += 1;
    const id = this.#callCount;
    this.#child.send({ id, call, value });
    return new Promise((resolve) => this.#pendingCalls.set(id, resolve));
  }

  #origin() {
    return `http://127.0.0.1:${this.#port}`;
  }
}

const servers = new Map();

/** Calls the server of a browser: `start`, `kill`, `log`, `counts`, `drop`, `freeze`, `thaw`, `pause`. */
export function mediaServer(browser, { call, value }) {
  const server = servers.get(browser) ?? new ServerProcess();
  servers.set(browser, server);
  return server[call](value);
}
