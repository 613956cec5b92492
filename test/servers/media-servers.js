/** The media servers of a test run: one a browser, so that a server that one kills is not another's. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

class ServerProcess {
  #child = null;
  #port = 0;
  #calls = 0;
  #log = [];
  #answers = new Map();

  /** Starts it, on the port that it had before. Resolves to its origin. */
  async start() {
    if (this.#child) return this.#origin();
    const child = fork(new URL('./child.js', import.meta.url), [String(this.#port)]);
    this.#child = child;
    const failed = once(child, 'exit').then(() => {
      throw new Error('the media server did not start: see above');
    });
    const [{ origin }] = await Promise.race([once(child, 'message'), failed]);
    failed.catch(() => {});
    child.on('message', ({ id, result }) => {
      this.#answers.get(id)?.(result);
      this.#answers.delete(id);
    });
    child.unref();
    child.channel.unref();
    this.#port = Number(new URL(origin).port);
    return origin;
  }

  /** Kills it, as a crash would. */
  async kill() {
    const child = this.#child;
    if (!child) return;
    this.#log = await this.log();
    this.#child = null;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Every request, those before it was killed too. */
  async log() {
    return [...this.#log, ...(this.#child ? await this.#ask('log') : [])];
  }

  counts(path) {
    return this.#ask('counts', path);
  }

  drop(path) {
    return this.#ask('drop', path);
  }

  freeze(value) {
    return this.#ask('freeze', value);
  }

  #ask(call, value) {
    this.#calls += 1;
    const id = this.#calls;
    this.#child.send({ id, call, value });
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  #origin() {
    return `http://127.0.0.1:${this.#port}`;
  }
}

const servers = new Map();

/** Carries out a call for a browser: `start`, `kill`, `log`, `counts`, `drop`, `freeze`. */
export function mediaServer(browser, { call, value }) {
  const server = servers.get(browser) ?? new ServerProcess();
  servers.set(browser, server);
  return server[call](value);
}
