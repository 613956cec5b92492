import { endTrack, hearScriptedEvents } from './backend.js';
import type { VideoOutput, VideoSource } from './video-output.js';

/** Video by a canvas that shows bitmaps and is captured frame by frame: in every browser. */
export class CanvasVideoOutput implements VideoOutput {
  readonly backend = 'canvas';
  readonly track: MediaStreamTrack;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: ImageBitmapRenderingContext;
  readonly #requestFrame: () => void;
  #repeating = false;
  /** How many pictures have been shown. */
  #shows = 0;

  constructor() {
    this.#canvas = document.createElement('canvas');
    this.#context = this.#canvas.getContext('bitmaprenderer') as ImageBitmapRenderingContext;
    const stream = this.#canvas.captureStream(0);
    const [track] = stream.getVideoTracks() as [CanvasCaptureMediaStreamTrack];
    this.track = track;
    hearScriptedEvents(track);
    const requestFrame = stream.requestFrame?.bind(stream) ?? track.requestFrame.bind(track);
    this.#requestFrame = requestFrame;
  }

  async grab(source: VideoSource): Promise<ImageBitmap> {
    const bitmap = await createImageBitmap(source);
    if (!(source instanceof ImageData) && !(source instanceof VideoFrame) && isTainted(bitmap)) {
      bitmap.close();
      throw new DOMException('tainted', 'SecurityError');
    }
    return bitmap;
  }

  show(bitmap: ImageBitmap): boolean {
    if (this.track.readyState === 'ended') {
      bitmap.close();
      return false;
    }
    this.#shows++;
    this.#context.transferFromImageBitmap(bitmap);
    this.#requestFrame();
    return true;
  }

  copy(): Promise<ImageBitmap> {
    return createImageBitmap(this.#canvas);
  }

  // A second requestFrame() with nothing new delivers nothing, so the picture has to be shown anew.
  repeat(): void {
    if (this.#repeating) return;
    this.#repeating = true;
    const shows = this.#shows;
    void this.copy()
      .then((bitmap) => (shows === this.#shows ? void this.show(bitmap) : bitmap.close()))
      .catch(() => {})
      .finally(() => {
        this.#repeating = false;
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

let probe: OffscreenCanvasRenderingContext2D | null = null;

/** A picture of another origin makes the canvas it is drawn into unreadable: here one of a single pixel. */
function isTainted(bitmap: ImageBitmap): boolean {
  probe ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  try {
    probe?.drawImage(bitmap, 0, 0, 1, 1, 0, 0, 1, 1);
    probe?.getImageData(0, 0, 1, 1);
    return false;
  } catch {
    probe = null;
    return true;
  }
}
