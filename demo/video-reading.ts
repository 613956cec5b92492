import { CountRate } from './count-rate.js';

/** The size of a `<video>`, and how many pictures per second it presents. */
export class VideoReading {
  readonly #video: HTMLVideoElement;
  readonly #rate = new CountRate();
  #presentedFrames = 0;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    // The browser counts frames also while the page is too busy for callbacks.
    const onFrame = (_: number, { presentedFrames }: VideoFrameCallbackMetadata) => {
      this.#presentedFrames = presentedFrames;
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  }

  /** Such as `1280 × 720 · 30.0 fps`; empty before the first picture. */
  read(): string {
    const { videoWidth, videoHeight } = this.#video;
    const rate = this.#rate.add(this.#presentedFrames);
    if (!videoWidth) return '';
    return `${videoWidth} × ${videoHeight}${rate === null ? '' : ` · ${rate.toFixed(1)} fps`}`;
  }
}
