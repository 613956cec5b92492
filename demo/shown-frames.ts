import { Throughput } from './throughput.js';

/** What a `<video>` shows: its size, and how many pictures a second reach the screen. */
export class ShownFrames {
  readonly #video: HTMLVideoElement;
  readonly #throughput = new Throughput();
  #count = 0;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    // The count that the browser hands over goes on while callbacks wait for a busy page.
    const follow = (_: number, { presentedFrames }: VideoFrameCallbackMetadata) => {
      this.#count = presentedFrames;
      video.requestVideoFrameCallback(follow);
    };
    video.requestVideoFrameCallback(follow);
  }

  /** In words, such as `1280 × 720 · 30.0 fps`. */
  reading(): string {
    const { videoWidth, videoHeight } = this.#video;
    const rate = this.#throughput.next(this.#count);
    if (!videoWidth) return '';
    return `${videoWidth} × ${videoHeight}${rate === null ? '' : ` · ${rate.toFixed(1)} fps`}`;
  }
}
