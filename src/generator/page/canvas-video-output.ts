import type { VideoSource } from '../video-frames.js';
import type { PageVideoOutput } from './output.js';
import { hearScriptedEvents } from './scripted-events.js';
import { endTrack } from './tracks.js';

/** A video track by a canvas that shows bitmaps and is captured frame by frame: in every browser. */
export class CanvasVideoOutput implements PageVideoOutput {
  readonly backend = 'canvas';
  readonly track: MediaStreamTrack;
  readonly #canvas = document.createElement('canvas');
  readonly #context: ImageBitmapRenderingContext;
  readonly #requestFrame: () => void;
  #isRepeating = false;
  #shownCount = 0;

  constructor() {
    this.#context = this.#canvas.getContext('bitmaprenderer') as ImageBitmapRenderingContext;
    const stream = this.#canvas.captureStream(0);
    const [track] = stream.getVideoTracks() as [CanvasCaptureMediaStreamTrack];
    this.track = track;
    hearScriptedEvents(track);
    this.#requestFrame = stream.requestFrame?.bind(stream) ?? track.requestFrame.bind(track);
  }

  async grab(source: VideoSource): Promise<ImageBitmap> {
    const bitmap = await createImageBitmap(source);
    // Only a `VideoFrame` has a format.
    if ('format' in source && !source.format?.includes('A')) return bitmap;
    return (await import('./opaque-frame.js')).opaqueBitmap(bitmap, source, this);
  }

  show(bitmap: ImageBitmap): boolean {
    if (this.track.readyState === 'ended') {
      bitmap.close();
      return false;
    }
    this.#shownCount++;
    this.#context.transferFromImageBitmap(bitmap);
    this.#requestFrame();
    return true;
  }

  copy(): Promise<ImageBitmap> {
    return createImageBitmap(this.#canvas);
  }

  /** Shows a copy of the canvas: `requestFrame()` delivers nothing while the canvas has nothing new. */
  repeatFrame(): void {
    if (this.#isRepeating) return;
    this.#isRepeating = true;
    const count = this.#shownCount;
    void this.copy()
      .then((bitmap) => (count === this.#shownCount ? void this.show(bitmap) : bitmap.close()))
      .catch(() => {})
      .finally(() => {
        this.#isRepeating = false;
      });
  }

  handOver(): this {
    return this;
  }

  end(): void {
    endTrack(this.track);
    this.#context.transferFromImageBitmap(null);
  }
}
