import type { VideoSource } from '../video-frames.js';
import { captureCanvas } from './captured-canvas.js';
import type { PageVideoOutput, VideoPicture } from './output.js';
import { endTrack } from './tracks.js';

/** A video track by a canvas that is captured frame by frame: in every browser. */
export class CanvasVideoOutput implements PageVideoOutput {
  readonly backend = 'canvas';
  readonly track: MediaStreamTrack;
  readonly #canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  readonly #requestFrame: () => void;

  constructor() {
    // A capture reads the canvas each time.
    const options = { alpha: false, willReadFrequently: true };
    this.#context = this.#canvas.getContext('2d', options) as CanvasRenderingContext2D;
    ({ track: this.track, requestFrame: this.#requestFrame } = captureCanvas(this.#canvas));
  }

  /** An opaque frame is drawn as it is: Firefox takes a millisecond for that, and several for a bitmap of a frame. */
  async grab(source: VideoSource): Promise<VideoPicture> {
    // Only a `VideoFrame` has a format.
    if ('format' in source && !source.format?.includes('A')) return source.clone();
    const bitmap = await createImageBitmap(source);
    return (await import('./opaque-frame.js')).opaqueBitmap(bitmap, source, this);
  }

  show(picture: VideoPicture): boolean {
    if (this.track.readyState === 'ended') {
      picture.close();
      return false;
    }
    const { displayWidth, displayHeight } = picture as VideoFrame;
    const { width = displayWidth, height = displayHeight } = picture as ImageBitmap;
    // Setting the size of a canvas clears it, also if the size does not change.
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#context.drawImage(picture, 0, 0, width, height);
    picture.close();
    this.#requestFrame();
    return true;
  }

  copy(): Promise<ImageBitmap> {
    return createImageBitmap(this.#canvas);
  }

  /** Draws the canvas on itself: `requestFrame()` delivers nothing while the canvas has nothing new. */
  repeatFrame(): void {
    if (this.track.readyState === 'ended') return;
    this.#context.drawImage(this.#canvas, 0, 0);
    this.#requestFrame();
  }

  handOver(): this {
    return this;
  }

  end(): void {
    endTrack(this.track);
    // Frees the picture.
    this.#canvas.width = 0;
  }
}
