import type { Report } from '../messages.js';

/** Where the engine's frames go. Whoever sends one gives it away. */
export interface FrameSink {
  /** Whether it has not got rid of the last ones: another would only wait. */
  readonly busy: boolean;
  /** Whether a clone with a new timestamp arrives with it: Chromium's generators show that of the frame's bytes. */
  readonly takesClones: boolean;
  /** Called when the track has ended from outside. */
  onend: (() => void) | null;
  send(frame: VideoFrame): void;
  close(): Promise<void>;
}

/** Frames that may be on their way. */
const MOST_PENDING = 3;

/** Frames into a track's stream. */
export class StreamSink implements FrameSink {
  onend: (() => void) | null = null;
  readonly takesClones: boolean;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  #pending = 0;

  constructor(writable: WritableStream<VideoFrame>, takesClones: boolean) {
    this.takesClones = takesClones;
    this.#writer = writable.getWriter();
    // WebKit closes the stream when the page stops the track; Chromium lets the next write tell.
    this.#writer.closed.then(
      () => this.onend?.(),
      () => this.onend?.(),
    );
  }

  get busy(): boolean {
    return this.#pending >= MOST_PENDING;
  }

  send(frame: VideoFrame): void {
    this.#pending++;
    this.#writer
      .write(frame)
      .catch(() => {
        frame.close();
        this.onend?.();
      })
      .finally(() => this.#pending--);
  }

  close(): Promise<void> {
    this.onend = null;
    return this.#writer.close().catch(() => {});
  }
}

/** Frames as bitmaps to the page, which shows them: at most two on their way, so that a busy page gets the newest. */
export class BitmapSink implements FrameSink {
  readonly takesClones = true;
  onend: (() => void) | null = null;
  readonly #port: MessagePort;
  #making = false;
  #unshown = 0;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  get busy(): boolean {
    return this.#making || this.#unshown >= 2;
  }

  /** The page has shown one. */
  shown(): void {
    this.#unshown--;
  }

  send(frame: VideoFrame): void {
    this.#making = true;
    this.#unshown++;
    makeBitmap(frame)
      .then((bitmap) => this.#port.postMessage({ type: 'bitmap', bitmap } satisfies Report, [bitmap]))
      .catch(() => this.#unshown--)
      .finally(() => {
        frame.close();
        this.#making = false;
      });
  }

  async close(): Promise<void> {}
}

/**
 * WebKit's page crashes when a captured canvas shows a bitmap that a worker has made of a frame directly, and the
 * detour by a canvas costs Firefox three times as much. Of the two only WebKit has `VideoTrackGenerator`.
 */
const makeBitmap: (frame: VideoFrame) => Promise<ImageBitmap> =
  typeof VideoTrackGenerator === 'function' ? drawBitmap : createImageBitmap;

async function drawBitmap(frame: VideoFrame): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(frame.displayWidth, frame.displayHeight);
  canvas.getContext('2d', { alpha: false })?.drawImage(frame, 0, 0);
  return canvas.transferToImageBitmap();
}
