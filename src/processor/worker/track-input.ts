import { isVideoFrame } from '../../generator/video-frames.js';
import type { AudioBlock, ShownFrame, TrackInput } from '../messages.js';

/** Receives what a track delivers, and closes the frames. A frame at which it throws is closed by the reader. */
export interface TrackInputListener {
  /** @param unread How many pictures that could not be read came since the previous one. */
  frame(frame: VideoFrame, arrival: number, unread?: number): void;
  data(data: AudioData, arrival: number): void;
  block(block: AudioBlock): void;
  /** Several frames or blocks in a row could not be read. The next ones are tried. */
  failed(error: unknown): void;
}

/** The part of a stream's reader that is used. */
export type FrameReader = Pick<ReadableStreamDefaultReader<VideoFrame | AudioData>, 'read' | 'cancel'>;

/** A {@link TrackInput}, or a stream that is read in another way. */
export type ReadInput =
  | Exclude<TrackInput, { readable: unknown }>
  | { readonly readable: { getReader(): FrameReader } };

/** Reads what the page hands over of a track, until `close()`. */
export class TrackInputReader {
  readonly #port: MessagePort | null;
  readonly #listener: TrackInputListener;
  readonly #now: () => number;
  #isOpen = true;
  /** Frames or blocks in a row at which the listener threw. */
  #failures = 0;

  /** @param now The time of the recording's clock, by which frames of a stream are dated. */
  constructor(input: ReadInput, listener: TrackInputListener, now: () => number) {
    this.#listener = listener;
    this.#now = now;
    this.#port = 'port' in input ? input.port : null;
    if ('readable' in input) void this.#read(input.readable.getReader());
    if (this.#port) this.#port.onmessage = ({ data }) => this.#receive(data);
  }

  /**
   * Takes nothing more. A stream is cancelled when its next frame has come: Chromium leaves a frame open that is on its way to
   * the worker while a stream is cancelled that somebody reads, or while its track is stopped.
   */
  close(): void {
    this.#isOpen = false;
    this.#port?.postMessage('close');
    this.#port?.close();
  }

  async #read(reader: FrameReader): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        if (!this.#isOpen) {
          value.close();
          return await reader.cancel();
        }
        if (isVideoFrame(value)) this.#take(value, () => this.#listener.frame(value, this.#now()));
        else this.#take(value, () => this.#listener.data(value, this.#now()));
      }
    } catch {
      // The track has ended.
    }
  }

  #receive(message: ShownFrame | AudioBlock): void {
    if ('planes' in message) {
      this.#take(null, () => this.#listener.block(message));
      return;
    }
    // The page counts the pictures that wait here.
    if (this.#isOpen) this.#port?.postMessage('taken');
    const { frame, arrival, unread } = message;
    this.#take(frame, () => this.#listener.frame(frame, arrival, unread));
  }

  /** In Firefox a closed port still delivers what has arrived: a lane that has finished takes nothing more. */
  #take(frame: VideoFrame | AudioData | null, hand: () => void): void {
    if (!this.#isOpen) {
      frame?.close();
      return;
    }
    try {
      hand();
      this.#failures = 0;
    } catch (error) {
      frame?.close();
      if (++this.#failures === TOLD_FAILURES) this.#listener.failed(error);
    }
  }
}

/** A single frame that cannot be read is no news. */
const TOLD_FAILURES = 10;
