/* The engine's worker: one for all sources of a page. */
import { Pacer } from '../generator/pacer.js';
import { Scheduler } from '../generator/scheduler.js';
import type { HostMessage } from '../generator/worker-host.js';
import { BitmapSink, type FrameSink, StreamSink } from './frame-sink.js';
import type { EngineMessage, Hello, PicturesMessage, Report, TonesMessage } from './messages.js';
import { Tones } from './tones.js';
import { VideoPlayer } from './video-player.js';

const scheduler = new Scheduler();

const openers: { [T in EngineMessage['type']]: (message: Extract<EngineMessage, { type: T }>) => void } = {
  // Written sound is what tones are without a composition.
  pace: playTones,
  tones: playTones,
  pictures: (init) => new VideoPlayer(init.port, sinkFor(init), init.origin, scheduler),
};

function playTones(init: HostMessage | TonesMessage): void {
  new Pacer(init, new Tones((report) => init.port.postMessage(report), init.format), scheduler);
}

function sinkFor({ target, port }: PicturesMessage): FrameSink {
  if (target === 'bitmaps') return new BitmapSink(port);
  if (target !== 'track') return new StreamSink(target, false);
  const { writable, track } = new VideoTrackGenerator();
  port.postMessage({ type: 'track', track } satisfies Report, [track as unknown as Transferable]);
  return new StreamSink(writable, true);
}

addEventListener('message', ({ data }: MessageEvent<EngineMessage>) => openers[data.type](data as never));
postMessage({ type: 'hello', videoTrackGenerator: typeof VideoTrackGenerator === 'function' } satisfies Hello);
