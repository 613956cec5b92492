/* This file is loaded when a canvas is written for the first time. */
import type { WriterListener } from './track-writer.js';

export type WrittenCanvas = HTMLCanvasElement | OffscreenCanvas;

/**
 * Looks for written canvases that are empty by mistake: at the first, at every thirtieth, and at each while they are empty.
 * If all are for a second, it warns once. Its time passes by `tick()`, so that it has no timer: it ends with its writer.
 *
 * Only the pictures are checked: no browser tells which context a canvas has without making one for a canvas that has none. A
 * canvas that has shown a picture has a context, and one of kind `2d` keeps what was drawn: it is not looked at again.
 */
export class CanvasWatch {
  readonly #listener: WriterListener;
  readonly #trusted = new WeakSet<WrittenCanvas>();
  #writes = 0;
  /** When the first of the empty canvases was written, in milliseconds of `performance.now()`. */
  #emptySince: number | null = null;
  #hasWarned = false;

  constructor(listener: WriterListener) {
    this.#listener = listener;
  }

  /** @param picture The picture of the canvas when it was written, if that was before. */
  look(canvas: WrittenCanvas, picture: WrittenCanvas | ImageBitmap = canvas): void {
    if (this.#hasWarned || this.#trusted.has(canvas)) return;
    if (this.#emptySince === null && this.#writes++ % WRITES_PER_LOOK > 0) return;
    if (isEmpty(picture)) {
      this.#emptySince ??= performance.now();
      return;
    }
    this.#emptySince = null;
    if (keepsItsPicture(canvas)) this.#trusted.add(canvas);
  }

  /** Called about every 500 ms. A page may write before it draws, so that the warning waits. */
  tick(): void {
    if (this.#hasWarned || this.#emptySince === null) return;
    if (performance.now() - this.#emptySince < DRAWING_TIMEOUT_MS) return;
    this.#hasWarned = true;
    this.#listener.warned?.('emptyCanvas');
  }
}

/** @param copying The picture of the first canvas when it was written, if there is one; never rejected. The watch closes it. */
export function watchCanvases(
  listener: WriterListener,
  canvas: WrittenCanvas,
  copying: Promise<ImageBitmap | null>,
): CanvasWatch {
  const watch = new CanvasWatch(listener);
  void copying.then((copy) => {
    if (!copy) return;
    watch.look(canvas, copy);
    copy.close();
  });
  return watch;
}

const WRITES_PER_LOOK = 30;
const DRAWING_TIMEOUT_MS = 1000;
const PROBE_SIDE_PX = 16;

/** Whether a canvas that has a context has one of kind `2d`. */
function keepsItsPicture(canvas: WrittenCanvas): boolean {
  try {
    return canvas.getContext('2d') !== null;
  } catch {
    // A canvas whose control was transferred to a worker.
    return false;
  }
}

/**
 * Whether a picture is transparent as a whole. Few are at all points of the probe. The others are folded until they have its
 * size, so that the page never reads a whole picture back.
 */
export function isEmpty(picture: WrittenCanvas | ImageBitmap): boolean {
  try {
    if (!isTransparent(picture)) return false;
    let rest = picture;
    while (Math.max(rest.width, rest.height) > PROBE_SIDE_PX) rest = folded(rest);
    return isTransparent(rest);
  } catch {
    // A picture of another origin, of no size, or too large for a canvas cannot be read; a write that fails says so itself.
    return false;
  }
}

/** Looks at the points of the probe. A new canvas each time: browsers keep one that is read often out of the GPU. */
function isTransparent(picture: WrittenCanvas | ImageBitmap): boolean {
  const context = canvasOf(PROBE_SIDE_PX, PROBE_SIDE_PX).getContext('2d');
  context?.drawImage(picture, 0, 0, PROBE_SIDE_PX, PROBE_SIDE_PX);
  const { data } = context?.getImageData(0, 0, PROBE_SIDE_PX, PROBE_SIDE_PX) ?? {};
  return data?.every((level, index) => index % 4 < 3 || level === 0) ?? false;
}

/**
 * A picture folded once in each direction: its four quarters lie over each other, so that a pixel that is seen stays seen.
 * Nothing is scaled, since browsers differ in the pixels that they take then.
 */
function folded(picture: WrittenCanvas | ImageBitmap): HTMLCanvasElement {
  const [width, height] = [Math.ceil(picture.width / 2), Math.ceil(picture.height / 2)];
  const canvas = canvasOf(width, height);
  const context = canvas.getContext('2d');
  for (const x of [0, width]) for (const y of [0, height]) context?.drawImage(picture, -x, -y);
  return canvas;
}

/** Some browsers that capture canvases have no `OffscreenCanvas`. */
const canvasOf = (width: number, height: number): HTMLCanvasElement =>
  Object.assign(document.createElement('canvas'), { width, height });
