import { reviveError } from '../../generator/messages.js';
import { cloneForReading } from '../../generator/page/tracks.js';
import { acquireWorker, type WorkerScript } from '../../generator/page/worker-pool.js';
import { blackFrame } from '../../generator/video-frames.js';
import type { OpenTrackInWorker, ReadFailure, ReadFrame } from '../messages.js';
import { QueuedSource } from './queued-source.js';
import type { ChunkTypes, TrackSourceInit } from './track-source.js';

/** Reads video by a `MediaStreamTrackProcessor` in a worker, where alone WebKit has it. It also runs in a hidden page. */
export class WorkerSource extends QueuedSource<VideoFrame> {
  readonly backend = 'worker';
  readonly #opening = new AbortController();

  constructor(init: TrackSourceInit) {
    super(init, (frame) => frame.close());
    this.#open(init).catch((error) => this.fail(error));
  }

  async #open({ track }: TrackSourceInit): Promise<void> {
    const { signal } = this.#opening;
    const { worker, release } = await acquireWorker(processorWorker);
    if (signal.aborted) return release();
    const { port1, port2 } = new MessageChannel();
    const clone = cloneForReading(track);
    const { timeOrigin } = performance;
    const message: OpenTrackInWorker = { type: 'open-track', track: clone, port: port2, timeOrigin };
    worker.postMessage(message, [clone as unknown as Transferable, port2]);
    port1.onmessage = ({ data }: MessageEvent<ReadFrame | ReadFailure>) => {
      if ('error' in data) {
        // A track that ends before the worker reads it has ended, as any other.
        if (track.readyState === 'live') this.fail(reviveError(data.error));
        return;
      }
      port1.postMessage('taken');
      this.chunks.skip(data.skipped);
      this.chunks.push(track.enabled ? data.frame : blackOf(data.frame));
    };
    const end = () => {
      port1.postMessage('close');
      // A closed port may still deliver what has arrived.
      port1.onmessage = ({ data }: MessageEvent<ReadFrame | ReadFailure>) => 'frame' in data && data.frame.close();
      release();
    };
    signal.addEventListener('abort', end, { once: true });
  }

  protected convert<Form extends keyof ChunkTypes>(frame: VideoFrame, _form: Form): ChunkTypes[Form];
  protected convert(frame: VideoFrame): VideoFrame {
    return frame;
  }

  protected free(): void {
    this.#opening.abort();
  }
}

/** A disabled track has black pictures. WebKit hands over those of its source. */
function blackOf(frame: VideoFrame): VideoFrame {
  const { displayWidth, displayHeight, timestamp } = frame;
  frame.close();
  return blackFrame(displayWidth, displayHeight, { timestamp });
}

const processorWorker: WorkerScript = {
  file: 'track-elements-processor-worker.js',
  text: () => import('../../workers/track-elements-processor-worker-text.js'),
};
