/* The engine's worker: one for all sources of a page. */
import { Scheduler } from '../../generator/worker/scheduler.js';
import { corePatterns } from '../../signals/video/core-patterns.js';
import type { EngineMessage, Hello, LoadMessage, PicturesMessage, Report } from '../messages.js';
import { plainError } from '../posted-error.js';
import { define } from '../signal-tables.js';
import { BitmapSink, type FrameSink, StreamSink } from './frame-sink.js';
import { VideoPlayer } from './video-player.js';
import type { WorkerScope } from './worker-scope.js';

const scope: WorkerScope = {
  scheduler: new Scheduler(),
  tables: { video: [...corePatterns], audio: [] },
  dress: null,
  extraPatterns: false,
  openers: {
    load: (message: LoadMessage) => void load(message),
    pictures: (init: PicturesMessage) => new VideoPlayer(init.port, sinkFor(init), init.origin, scope),
  },
};

function sinkFor({ target, port }: PicturesMessage): FrameSink {
  if (target === 'bitmaps') return new BitmapSink(port);
  if (target !== 'track') return new StreamSink(target, false);
  const { writable, track } = new VideoTrackGenerator();
  port.postMessage({ type: 'track', track } satisfies Report, [track as unknown as Transferable]);
  return new StreamSink(writable, true);
}

// What a page names at run time is not for its bundler.
const fetchModule = (url: string) => import(/* webpackIgnore: true */ /* @vite-ignore */ url);

async function load({ url, define: signal, port }: LoadMessage): Promise<void> {
  try {
    const module = await fetchModule(url);
    if (signal) define(scope.tables, signal, module.default);
    else module.install(scope);
    port.postMessage(null);
  } catch (error) {
    port.postMessage(plainError(error));
  }
  port.close();
}

async function open(message: EngineMessage): Promise<void> {
  // The generators' own code knows nothing of parts; `configure()` may have given it this worker.
  if (!(message.type in scope.openers))
    (await fetchModule(`${new URL('audio-part.js', location.href)}`)).install(scope);
  scope.openers[message.type]?.(message as never);
}

addEventListener('message', ({ data }) => {
  open(data).catch((error) => {
    data.port.postMessage({ type: 'ended' });
    throw error;
  });
});
postMessage({ type: 'hello', videoTrackGenerator: typeof VideoTrackGenerator === 'function' } satisfies Hello);
