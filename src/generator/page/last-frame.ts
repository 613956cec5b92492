import { frameOf } from './video-input.js';

/** The frame on show, kept to be shown again. */
export class LastFrame {
  #frame: VideoFrame | null = null;
  #shownAt = 0;

  /** Keeps a clone in place of the one before. */
  keep(frame: VideoFrame): void {
    this.forget();
    this.#frame = frame.clone();
    this.#shownAt = performance.now();
  }

  copy(): VideoFrame | null {
    return this.#frame?.clone() ?? null;
  }

  /** The same picture with the time that has passed added; `null` where there is none, or another has come meanwhile. */
  async again(): Promise<VideoFrame | null> {
    const last = this.#frame;
    if (!last) return null;
    const timestamp = last.timestamp + Math.round((performance.now() - this.#shownAt) * 1000);
    const frame = await frameOf(last, { timestamp });
    if (last === this.#frame) return frame;
    frame.close();
    return null;
  }

  forget(): void {
    this.#frame?.close();
    this.#frame = null;
  }
}
