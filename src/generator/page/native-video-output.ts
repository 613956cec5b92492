import { FrameOutput } from './frame-output.js';
import type { PageVideoOutput } from './output.js';
import { endTrack } from './tracks.js';

/** A video track by `MediaStreamTrackGenerator` (Chromium). It has no back pressure, and viewers miss earlier frames. */
export class NativeVideoOutput extends FrameOutput implements PageVideoOutput {
  readonly backend = 'native';
  readonly track: MediaStreamTrack;
  readonly #writable: WritableStream<VideoFrame>;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;

  constructor() {
    super();
    const generator = new MediaStreamTrackGenerator<VideoFrame>({ kind: 'video' });
    this.track = generator;
    this.#writable = generator.writable;
    this.#writer = this.#writable.getWriter();
  }

  handOver(): WritableStream<VideoFrame> {
    this.#writer.releaseLock();
    this.forgetFrame();
    return this.#writable;
  }

  end(): void {
    this.forgetFrame();
    endTrack(this.track);
    // The end of the stream ends clones of the track. It also frees the generator if the page has stopped the track.
    // After a handover this rejects: the engine closes the stream.
    this.#writer.close().catch(() => {});
  }

  protected async send(frame: VideoFrame): Promise<boolean> {
    try {
      await this.#writer.write(frame);
      return true;
    } catch {
      frame.close();
      return false;
    }
  }
}
