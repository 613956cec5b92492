import { has } from '../../generator/features.js';
import type { ColorSpace } from '../../signals/picture.js';
import type { PlayerEvent } from '../messages.js';

/** Takes the frames of a player to the page or to a track. It owns every frame that it is given. */
export interface FrameSink {
  /** Whether too many frames are still on their way, so that another one would only wait. */
  readonly isBusy: boolean;
  /**
   * Whether a clone with another timestamp keeps that timestamp. Chromium's track generators use the timestamp of the original
   * bytes.
   */
  readonly acceptsClones: boolean;
  /** The coding of the colours of compositions that do not name their own. Default: by the height. */
  readonly colorSpace?: ColorSpace;
  /** Called when the track was ended by the page or the browser. */
  onend: (() => void) | null;
  /** Called when several frames in a row cannot be written. */
  onfail?: (error: unknown) => void;
  send(frame: VideoFrame): void;
  close(): Promise<void>;
}

/** Writes frames to the stream of a track. */
export class StreamSink implements FrameSink {
  onend: (() => void) | null = null;
  readonly acceptsClones: boolean;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  #pending = 0;

  constructor(writable: WritableStream<VideoFrame>, acceptsClones: boolean) {
    this.acceptsClones = acceptsClones;
    this.#writer = writable.getWriter();
    const end = () => this.onend?.();
    // WebKit closes the stream when the page stops the track. In Chromium the next write fails.
    this.#writer.closed.then(end, end);
  }

  get isBusy(): boolean {
    return this.#pending >= MAX_PENDING_FRAMES;
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

const MAX_PENDING_FRAMES = 3;

/** Posts frames as bitmaps to the page. At most two are on their way, so that a busy page gets the newest frame. */
export class BitmapSink implements FrameSink {
  readonly acceptsClones = true;
  /** A bitmap is RGB. Firefox converts BT.601 to it within 5 levels, and BT.709 within 12. */
  readonly colorSpace = 'bt601';
  onend: (() => void) | null = null;
  onfail: (error: unknown) => void = () => {};
  readonly #port: MessagePort;
  #isMakingBitmap = false;
  #unshown = 0;
  #failures = 0;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  get isBusy(): boolean {
    return this.#isMakingBitmap || this.#unshown >= MAX_UNSHOWN_BITMAPS;
  }

  /** Has to be called when the page has shown a bitmap. */
  bitmapShown(): void {
    this.#unshown--;
  }

  send(frame: VideoFrame): void {
    this.#isMakingBitmap = true;
    this.#unshown++;
    makeBitmap(frame)
      .then((bitmap) => {
        this.#failures = 0;
        this.#port.postMessage({ type: 'bitmap', bitmap } satisfies PlayerEvent, [bitmap]);
      })
      .catch((error) => {
        this.#unshown--;
        this.#failures++;
        if (this.#failures === MOST_FAILURES) this.onfail(error);
      })
      .finally(() => {
        frame.close();
        this.#isMakingBitmap = false;
      });
  }

  async close(): Promise<void> {}
}

const MAX_UNSHOWN_BITMAPS = 2;

/** A single frame may fail, as any frame may be dropped. */
const MOST_FAILURES = 10;

export const hasVideoTrackGenerator = has('VideoTrackGenerator');

/**
 * WebKit's page crashes when a captured canvas shows a bitmap that a worker made directly of a frame. A canvas in between
 * avoids that, and costs Firefox three times as much. Only WebKit has `VideoTrackGenerator`.
 */
const makeBitmap = (frame: VideoFrame): Promise<ImageBitmap> =>
  hasVideoTrackGenerator && 'format' in frame ? drawBitmap(frame) : createImageBitmap(frame);

async function drawBitmap(frame: VideoFrame): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(frame.displayWidth, frame.displayHeight);
  canvas.getContext('2d', { alpha: false })?.drawImage(frame, 0, 0);
  return canvas.transferToImageBitmap();
}
