import { endTrack } from './backend.js';
import { LastFrame } from './last-frame.js';
import { frameOf } from './video-input.js';
import type { FrameTimes, VideoOutput, VideoSource } from './video-output.js';

/** Video by `MediaStreamTrackGenerator` (Chromium). Without back pressure, and a frame that comes before its viewer is lost. */
export class NativeVideoOutput implements VideoOutput {
  readonly backend = 'native';
  readonly track: MediaStreamTrack;
  readonly #writable: WritableStream<VideoFrame>;
  #writer: WritableStreamDefaultWriter<VideoFrame> | null = null;
  readonly #last = new LastFrame();
  #handedOver = false;

  constructor() {
    const generator = new MediaStreamTrackGenerator<VideoFrame>({ kind: 'video' });
    this.track = generator;
    this.#writable = generator.writable;
  }

  grab(source: VideoSource, times: FrameTimes): VideoFrame | Promise<VideoFrame> {
    return frameOf(source, times);
  }

  async show(frame: VideoFrame): Promise<boolean> {
    if (this.track.readyState === 'ended') {
      frame.close();
      return false;
    }
    this.#last.keep(frame);
    return this.#send(frame);
  }

  copy(): VideoFrame | null {
    return this.#last.copy();
  }

  repeat(): void {
    const again = this.#last.again();
    void again.then((frame) => frame && this.#send(frame)).catch(() => {});
  }

  handOver(): WritableStream<VideoFrame> {
    this.#writer?.releaseLock();
    this.#last.forget();
    this.#handedOver = true;
    return this.#writable;
  }

  end(): void {
    this.#last.forget();
    endTrack(this.track);
    // Ends the clones too. After an outside stop() the stream stays open, and closing it is what frees the generator.
    if (!this.#handedOver)
      this.#lock()
        .close()
        .catch(() => {});
  }

  #lock(): WritableStreamDefaultWriter<VideoFrame> {
    this.#writer ??= this.#writable.getWriter();
    return this.#writer;
  }

  #send(frame: VideoFrame): Promise<boolean> {
    return this.#lock()
      .write(frame)
      .then(
        () => true,
        () => {
          frame.close();
          return false;
        },
      );
  }
}
