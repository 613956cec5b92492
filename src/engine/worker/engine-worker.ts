/* The engine's worker: one for all sources of a page. It opens a player for each track, and loads its own parts. */
import { answer, type RequestMessage, workerReady } from '../../generator/messages.js';
import { useFrameClass } from '../../generator/video-frames.js';
import { Scheduler } from '../../generator/worker/scheduler.js';
import { corePatterns } from '../../signals/video/core-patterns.js';
import type { EngineReady, OpenVideo, PlayerEvent, WorkerMessage, WorkerRequests } from '../messages.js';
import { defineSignal } from '../signal-tables.js';
import { BitmapSink, type FrameSink, hasVideoTrackGenerator, StreamSink } from './frame-sink.js';
import { VideoPlayer } from './video-player.js';
import type { WorkerScope } from './worker-scope.js';

const scope: WorkerScope = {
  scheduler: new Scheduler(),
  tables: { video: [...corePatterns], audio: [] },
  decorate: null,
  prepareInput: null,
  hasExtraPatterns: false,
  useFrameClass,
  handlers: {
    import: (request: RequestMessage<WorkerRequests>) => {
      answer(
        (message) => postMessage(message),
        request.id,
        () => importModule(request),
      );
    },
    'open-video': (message: OpenVideo) => {
      new VideoPlayer(message.port, sinkFor(message), message.origin, scope);
    },
  },
};

function sinkFor({ target, port }: OpenVideo): FrameSink {
  if (target === 'bitmaps') return new BitmapSink(port);
  if (target !== 'track') return new StreamSink(target, false);
  const { writable, track } = new VideoTrackGenerator();
  port.postMessage({ type: 'track', track } satisfies PlayerEvent, [track as unknown as Transferable]);
  return new StreamSink(writable, true);
}

// The comments keep bundlers from resolving a URL that is known only at run time.
const importUrl = (url: string) => import(/* webpackIgnore: true */ /* @vite-ignore */ url);

async function importModule({ url, define }: RequestMessage<WorkerRequests>): Promise<void> {
  const module = await importUrl(url);
  if (define) defineSignal(scope.tables, define, module.default);
  else module.install(scope);
}

export function start(): void {
  addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
    try {
      scope.handlers[data.type]?.(data as never);
    } catch (error) {
      if ('port' in data) data.port.postMessage({ type: 'ended' } satisfies PlayerEvent);
      throw error;
    }
  });
  const ready: EngineReady = { ...workerReady('track-elements-engine-worker.js'), hasVideoTrackGenerator };
  postMessage(ready);
}
