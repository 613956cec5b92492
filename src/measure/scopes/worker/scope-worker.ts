/* The worker that draws the scopes of a page. */
import { workerReady } from '../../../generator/messages.js';
import type { OpenScope } from '../messages.js';
import { ScopeSession } from './scope-session.js';

export function start(): void {
  addEventListener('message', ({ data }: MessageEvent<OpenScope>) => new ScopeSession(data));
  postMessage(workerReady('track-elements-scope-worker.js'));
}
