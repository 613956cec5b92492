/** The test run's own WHIP and WHEP server, as test/servers has it: one for this browser. */
import { executeServerCommand } from '@web/test-runner-commands';

export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  /** Lower case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly status: number;
  readonly body: string;
}

const ask = <T>(call: string, value?: unknown): Promise<T> => executeServerCommand('media-server', { call, value });

export const mediaServer = {
  /** Starts it, again on the same port after it was killed. Resolves to its origin. */
  start: (): Promise<string> => ask('start'),
  /** Kills it, as a crash would. */
  kill: (): Promise<void> => ask('kill'),
  /** Every request so far. */
  log: (): Promise<LoggedRequest[]> => ask('log'),
  /** Sessions that it holds for a path, and how many of their peer connections are connected. */
  counts: (path: string): Promise<{ sessions: number; peers: number }> => ask('counts', path),
  /** Forgets the sessions of a path, without a word to the browser. */
  drop: (path: string): Promise<void> => ask('drop', path),
  /** Sends nothing to the sessions of a path for a while, as if the network were gone. */
  freeze: (path: string, milliseconds: number): Promise<void> => ask('freeze', { path, milliseconds }),
};

let paths = 0;

/** A path that no other test has. */
export function freshPath(): string {
  paths += 1;
  return `t${Date.now().toString(36)}-${paths}`;
}

/** The requests of a path, without the preflights that the browser makes by itself. */
export async function requestsOf(path: string): Promise<LoggedRequest[]> {
  const log = await mediaServer.log();
  return log.filter(({ method, url }) => method !== 'OPTIONS' && new URL(url).pathname.startsWith(`/${path}/`));
}
