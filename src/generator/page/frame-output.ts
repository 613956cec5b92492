import { now } from '../timeline.js';
import { type FrameTimes, frameOf, type VideoSource } from '../video-frames.js';
import type { Backend } from './backend.js';
import type { VideoOutput, VideoPicture } from './output.js';

/** An output of `VideoFrame`s. It keeps a clone of the last one, to show it once more. */
export abstract class FrameOutput implements VideoOutput {
  abstract readonly backend: Backend;
  abstract readonly track: MediaStreamTrack;
  #last: VideoFrame | null = null;
  #shownAt = 0;

  abstract end(): void;

  /** Sends a frame to the track and closes it. Resolves to `false` if the track did not take it. */
  protected abstract send(frame: VideoFrame): Promise<boolean>;

  async grab(source: VideoSource, times: FrameTimes): Promise<VideoPicture> {
    const frame = await frameOf(source, times);
    return frame.format?.includes('A') ? (await import('./opaque-frame.js')).opaqueFrame(frame, source, this) : frame;
  }

  async show(frame: VideoFrame): Promise<boolean> {
    if (this.track.readyState === 'ended') {
      frame.close();
      return false;
    }
    this.forgetFrame();
    this.#last = frame.clone();
    this.#shownAt = now();
    return this.send(frame);
  }

  copy(): VideoPicture | null | Promise<VideoPicture | null> {
    return this.#last?.clone() ?? null;
  }

  repeatFrame(): void {
    void this.#repeat().catch(() => {});
  }

  /** Closes the last frame: it is not on show any more. */
  forgetFrame(): void {
    this.#last?.close();
    this.#last = null;
  }

  async #repeat(): Promise<void> {
    const last = this.#last;
    if (!last) return;
    const timestamp = last.timestamp + Math.round((now() - this.#shownAt) * 1000);
    const frame = await frameOf(last, { timestamp });
    // Another frame may have been shown in the meantime.
    if (last === this.#last) await this.send(frame);
    else frame.close();
  }
}
