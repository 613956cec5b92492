/** Shows a track in a `<video>` of its own, where each picture can be read. */
export class ShownPictures {
  readonly #video = document.createElement('video');
  #request: number;

  /**
   * @param onPicture Called at each picture, unless the page is busy: with the time at which it is shown, in milliseconds of
   * `performance.now()`, and the number of pictures that the element has shown.
   */
  constructor(track: MediaStreamTrack, onPicture: (shownAt: number, shown: number) => void) {
    const callback = (shownAt: number, { presentedFrames }: VideoFrameCallbackMetadata) => {
      this.#request = this.#video.requestVideoFrameCallback(callback);
      onPicture(shownAt, presentedFrames);
    };
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = new MediaStream([track]);
    this.#request = this.#video.requestVideoFrameCallback(callback);
    this.#video.play().catch(() => {});
  }

  /** Whether there is a picture. While its track is exchanged, a video may have none. */
  get hasPicture(): boolean {
    return this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  /**
   * The picture that is shown now.
   *
   * @param shownAt Its time, in milliseconds, because an element does not tell the time of its picture.
   * @throws {DOMException} if it cannot be read at the moment.
   */
  read(shownAt: number): VideoFrame {
    return new VideoFrame(this.#video, { timestamp: Math.round(shownAt * 1000) });
  }

  close(): void {
    this.#video.cancelVideoFrameCallback(this.#request);
    this.#video.srcObject = null;
  }
}
