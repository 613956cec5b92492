import { type CapturedCanvas, captureCanvas } from '../../generator/page/captured-canvas.js';
import { endTrack } from '../../generator/page/tracks.js';

/** A video track of the bitmaps that a worker makes. A canvas takes them over without a copy, and is captured. */
export class BitmapTrack {
  readonly #context: ImageBitmapRenderingContext;
  readonly #captured: CapturedCanvas;

  constructor() {
    const canvas = document.createElement('canvas');
    this.#context = canvas.getContext('bitmaprenderer') as ImageBitmapRenderingContext;
    this.#captured = captureCanvas(canvas);
  }

  get track(): MediaStreamTrack {
    return this.#captured.track;
  }

  /** Shows a bitmap, and closes it. */
  show(bitmap: ImageBitmap): void {
    if (this.track.readyState === 'ended') {
      bitmap.close();
      return;
    }
    this.#context.transferFromImageBitmap(bitmap);
    this.#captured.requestFrame();
  }

  end(): void {
    endTrack(this.track);
    this.#context.transferFromImageBitmap(null);
  }
}
