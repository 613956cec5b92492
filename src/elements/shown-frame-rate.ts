/**
 * Counts the frames that a `<video>` shows, once a second: the browser counts them, and tells the number with a frame. So
 * there is no work for each frame.
 */
export class ShownFrameRate {
  readonly #video: HTMLVideoElement;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #callback: number | undefined;
  #frames = 0;
  /** When the number of frames was read, 0 before. */
  #time = 0;
  #value: number | null = null;

  constructor(video: HTMLVideoElement, changed: () => void) {
    this.#video = video;
    this.#changed = changed;
  }

  /** Frames a second; `null` before it is known. */
  get value(): number | null {
    return this.#value;
  }

  /** Starts counting. */
  start(): void {
    this.stop();
    this.#timer = setInterval(() => this.#ask(), INTERVAL_MS);
  }

  /** Stops counting. */
  stop(): void {
    clearInterval(this.#timer);
    this.reset();
  }

  /** Starts counting for another track. */
  reset(): void {
    if (this.#callback !== undefined) this.#video.cancelVideoFrameCallback(this.#callback);
    this.#callback = undefined;
    this.#time = 0;
    this.#set(null);
  }

  #ask(): void {
    // No frame has come since the last time.
    if (this.#callback !== undefined && this.#time > 0) this.#set(0);
    this.#callback ??= this.#video.requestVideoFrameCallback?.((now, { presentedFrames }) => {
      this.#callback = undefined;
      const seconds = (now - this.#time) / 1000;
      if (this.#time > 0) this.#set(Math.round((presentedFrames - this.#frames) / seconds));
      this.#frames = presentedFrames;
      this.#time = now;
    });
  }

  #set(value: number | null): void {
    if (value === this.#value) return;
    this.#value = value;
    this.#changed();
  }
}

const INTERVAL_MS = 1000;
