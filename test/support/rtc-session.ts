/** Suites that run against the media server of the test run: each of their tests has a path there for itself. */
import { freshPath, type LoggedRequest, mediaServer, requestsOf } from './media-server.js';
import { describeIf, hasPeers, noPeers } from './skipping.js';
import { before, beforeEach } from './suite.js';

/** The server's path that the current test uses. */
export class RtcSession {
  origin = '';
  path = '';

  whipUrl(query = ''): string {
    return `${this.origin}/${this.path}/whip${query}`;
  }

  whepUrl(query = ''): string {
    return `${this.origin}/${this.path}/whep${query}`;
  }

  /** Continues with another path, on which there were no requests yet. */
  useNewPath(): void {
    this.path = freshPath();
  }

  /** The requests to the path so far, without preflights. */
  requests(): Promise<LoggedRequest[]> {
    return requestsOf(this.path);
  }

  async requestsByMethod(method: 'POST' | 'PATCH' | 'DELETE'): Promise<LoggedRequest[]> {
    return (await this.requests()).filter((request) => request.method === method);
  }

  /** How many sessions were made on the path so far. */
  async sessionCount(): Promise<number> {
    return (await this.requestsByMethod('POST')).filter(({ status }) => status === 201).length;
  }
}

/** A suite against the media server, where the engine has peer connections. */
export function describeSession(name: string, body: (session: RtcSession) => void): void {
  describeIf(hasPeers, noPeers, name, () => {
    const session = new RtcSession();
    before(async () => {
      session.origin = await mediaServer.start();
    });
    beforeEach(() => session.useNewPath());
    body(session);
  });
}
