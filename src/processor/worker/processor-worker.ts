/* The worker that reads tracks for a page, in browsers where a page cannot do that by itself. */
import { plainError, workerReady } from '../../generator/messages.js';
import { now } from '../../generator/timeline.js';
import type { OpenTrackInWorker, ReadFailure, ReadFrame } from '../messages.js';

/** Frames that the page has not answered. It keeps its own queue, so that few have to be on their way. */
const MAX_UNANSWERED = 2;

/** A track that is read for the page. While the page does not answer, only its newest frame is kept. */
class TrackForPage {
  readonly #track: MediaStreamTrack;
  readonly #port: MessagePort;
  readonly #timeOrigin: number;
  #unanswered = 0;
  #newest: VideoFrame | null = null;
  #skipped = 0;
  #isOpen = true;

  constructor({ track, port, timeOrigin }: OpenTrackInWorker) {
    this.#track = track;
    this.#port = port;
    this.#timeOrigin = timeOrigin;
    port.onmessage = ({ data }) => (data === 'taken' ? this.#answered() : this.#close());
    this.#read().catch((error) => this.#port.postMessage({ error: plainError(error) } satisfies ReadFailure));
  }

  async #read(): Promise<void> {
    const reader = new MediaStreamTrackProcessor<VideoFrame>({ track: this.#track }).readable.getReader();
    for (;;) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      this.#take(this.#dated(frame));
    }
  }

  /** WebKitGTK gives the frames of a canvas and of a camera the lowest number as their timestamp. */
  #dated(frame: VideoFrame): VideoFrame {
    if (Number.isSafeInteger(frame.timestamp)) return frame;
    const dated = new VideoFrame(frame, { timestamp: Math.round((now() - this.#timeOrigin) * 1000) });
    frame.close();
    return dated;
  }

  #take(frame: VideoFrame): void {
    if (!this.#isOpen) {
      frame.close();
      return;
    }
    if (this.#newest) this.#skipped++;
    this.#newest?.close();
    this.#newest = frame;
    this.#post();
  }

  #answered(): void {
    this.#unanswered--;
    this.#post();
  }

  #post(): void {
    const frame = this.#newest;
    if (!frame || this.#unanswered >= MAX_UNANSWERED) return;
    const message: ReadFrame = { frame, skipped: this.#skipped };
    this.#port.postMessage(message, [frame]);
    this.#unanswered++;
    this.#newest = null;
    this.#skipped = 0;
  }

  #close(): void {
    this.#isOpen = false;
    this.#newest?.close();
    this.#newest = null;
    this.#track.stop();
    this.#port.close();
  }
}

export function start(): void {
  addEventListener('message', ({ data }: MessageEvent<OpenTrackInWorker>) => new TrackForPage(data));
  postMessage(workerReady('track-elements-processor-worker.js'));
}
