import { isVideoFrame } from '../../generator/video-frames.js';
import type { AudioBlock, ShownFrame, TrackInput } from '../messages.js';

/** Receives what a track delivers, and closes the frames. */
export interface TrackInputListener {
  frame(frame: VideoFrame, arrival: number): void;
  data(data: AudioData, arrival: number): void;
  block(block: AudioBlock): void;
}

/** Reads what the page hands over of a track, until `close()`. */
export class TrackInputReader {
  readonly #reader: ReadableStreamDefaultReader<VideoFrame | AudioData> | null;
  readonly #port: MessagePort | null;
  readonly #listener: TrackInputListener;
  readonly #now: () => number;
  #isOpen = true;

  /** @param now The time of the recording's clock, by which frames of a stream are dated. */
  constructor(input: TrackInput, listener: TrackInputListener, now: () => number) {
    this.#listener = listener;
    this.#now = now;
    this.#port = 'port' in input ? input.port : null;
    this.#reader = 'readable' in input ? input.readable.getReader() : null;
    if (this.#reader) void this.#read(this.#reader);
    if (this.#port) this.#port.onmessage = ({ data }) => this.#receive(data);
  }

  close(): void {
    this.#isOpen = false;
    this.#reader?.cancel().catch(() => {});
    this.#port?.postMessage('close');
    this.#port?.close();
  }

  async #read(reader: ReadableStreamDefaultReader<VideoFrame | AudioData>): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        if (!this.#isOpen) value.close();
        else if (isVideoFrame(value)) this.#listener.frame(value, this.#now());
        else this.#listener.data(value, this.#now());
      }
    } catch {
      // The track has ended.
    }
  }

  #receive(message: ShownFrame | AudioBlock): void {
    // In Firefox a closed port still delivers what has arrived: a lane that has finished takes nothing more.
    if (!this.#isOpen) {
      if ('frame' in message) message.frame.close();
      return;
    }
    if ('planes' in message) this.#listener.block(message);
    else {
      // The page counts the pictures that wait here.
      this.#port?.postMessage('taken');
      this.#listener.frame(message.frame, message.arrival);
    }
  }
}
