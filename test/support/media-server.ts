/** The WHIP and WHEP server of the test run (test/servers): each browser has one. */
import { executeServerCommand } from '@web/test-runner-commands';

export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  /** The names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly status: number;
  readonly body: string;
}

const ask = <T>(call: string, value?: unknown): Promise<T> => executeServerCommand('media-server', { call, value });

export const mediaServer = {
  /** Starts it, after a kill on the same port. Resolves to its origin. */
  start: (): Promise<string> => ask('start'),
  /** Kills it, as a crash would. */
  kill: (): Promise<void> => ask('kill'),
  /** Every request so far. */
  log: (): Promise<LoggedRequest[]> => ask('log'),
  /** How many sessions a path has, and how many of their peer connections are connected. */
  counts: (path: string): Promise<{ sessions: number; peers: number }> => ask('counts', path),
  /** Forgets the sessions of a path without closing their connections. */
  drop: (path: string): Promise<void> => ask('drop', path),
  /** Forwards nothing on a path, or everything again. The connections live on. */
  pause: (path: string, isPaused: boolean): Promise<void> => ask('pause', { path, isPaused }),
  /** Sends nothing to the sessions of a path for a while, as if the network failed. */
  freeze: (path: string, milliseconds: number): Promise<void> => ask('freeze', { path, milliseconds }),
  /** The same until a client restarts ICE: the server knows of that before the test does. */
  freezeUntilRestart: (path: string, milliseconds: number): Promise<void> =>
    ask('freeze', { path, milliseconds, untilRestart: true }),
  /** Ends a freeze early. */
  thaw: (path: string): Promise<void> => ask('thaw', path),
};

let paths = 0;

/** A path that no other test uses. */
export function freshPath(): string {
  paths += 1;
  return `t${Date.now().toString(36)}-${paths}`;
}

/** The requests of a path, without the preflights that the browser makes by itself. */
export async function requestsOf(path: string): Promise<LoggedRequest[]> {
  const log = await mediaServer.log();
  return log.filter(({ method, url }) => method !== 'OPTIONS' && new URL(url).pathname.startsWith(`/${path}/`));
}
