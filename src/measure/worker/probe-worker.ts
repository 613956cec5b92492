/* The worker that measures for the probes of a page: it reads tracks and their marks, and posts a report each second. */
import { answer, type RequestMessage, workerReady } from '../../generator/messages.js';
import { pageClock } from '../../processor/page-clock.js';
import type { ImportPart, OpenProbe, ProbeCommand, ProbeEvent, ProbeRequests } from '../messages.js';
import { WallClockReading } from '../wall-clock-reading.js';
import type { ProbeScope } from './probe-scope.js';
import { ProbeSession } from './probe-session.js';

const scope: ProbeScope = { compareWith: null, audio: null };

// The comments keep bundlers from resolving a URL that is known only at run time.
const importUrl = (url: string) => import(/* webpackIgnore: true */ /* @vite-ignore */ url);

function openProbe({ port, pageSkew }: OpenProbe): void {
  const post = (event: ProbeEvent) => port.postMessage(event);
  const session = new ProbeSession(post, new WallClockReading(pageClock(pageSkew)), scope);
  port.onmessage = ({ data }: MessageEvent<ProbeCommand | RequestMessage<ProbeRequests>>) => {
    if (data.type === 'report') {
      const reply = (message: object) => port.postMessage(message);
      answer(reply, data.id, () => session.report());
    } else if (data.type === 'track') session.setTrack(data);
    else if (data.type === 'settings') session.setSettings(data);
    else if (data.type === 'reference') session.setReference(data.reference);
    else if (data.type === 'reset') session.reset(data.start);
    else {
      session.close();
      port.close();
    }
  };
}

export function start(): void {
  addEventListener('message', ({ data }: MessageEvent<OpenProbe | ImportPart>) => {
    if (data.type === 'open-probe') openProbe(data);
    else {
      const reply = (message: object) => postMessage(message);
      answer(reply, data.id, async () => (await importUrl(data.url)).install(scope));
    }
  });
  postMessage(workerReady('track-elements-probe-worker.js'));
}
