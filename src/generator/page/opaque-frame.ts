/* This file is loaded when a written picture may be transparent in part, or of another origin, as those of canvases may. */
import type { VideoSource } from '../video-frames.js';

/** The knowledge about the frames of each output. */
const knowledge = new WeakMap<object, { frames: number; isTransparent: boolean }>();

/**
 * The frame itself if it is opaque, or else a frame with its picture over black. Chromium's `<video>` shows the page behind
 * transparent parts, and other viewers show them in other colours.
 */
export async function opaqueFrame(frame: VideoFrame, source: VideoSource, output: object): Promise<VideoFrame> {
  const { displayWidth: width, displayHeight: height, timestamp, duration } = frame;
  if (!isTransparent(frame, width, height, output)) return frame;
  // Chromium draws a frame of a canvas too dark, but not a bitmap of it.
  let canvas: HTMLCanvasElement;
  try {
    const bitmap = await createImageBitmap(isImageData(source) ? source : frame);
    canvas = overBlack(bitmap, width, height);
    bitmap.close();
  } catch {
    canvas = overBlack(frame, width, height);
  }
  // A frame that the page wrote is closed by its writer.
  if (frame !== source) frame.close();
  return new VideoFrame(canvas, { timestamp, ...(duration !== null && { duration }) });
}

/**
 * As `opaqueFrame()`, of a bitmap, which it owns. Firefox keeps transparency in the track of a captured canvas.
 *
 * @throws {DOMException} `SecurityError` for a picture of another origin.
 */
export async function opaqueBitmap(bitmap: ImageBitmap, source: VideoSource, output: object): Promise<ImageBitmap> {
  if (!isImageData(source) && !('format' in source) && isTainted(bitmap)) {
    bitmap.close();
    throw new DOMException('tainted', 'SecurityError');
  }
  const { width, height } = bitmap;
  if (!isTransparent(bitmap, width, height, output)) return bitmap;
  const canvas = overBlack(bitmap, width, height);
  bitmap.close();
  return createImageBitmap(canvas);
}

/** Also one of another document. Nothing else that shows a picture has `data`. */
const isImageData = (source: VideoSource): source is ImageData => 'data' in source;

/**
 * Whether a picture of an output has to be put over black. The first picture is looked at as a whole, later ones at a few
 * points, and only from time to time: reading every picture would cost as much as showing it.
 */
function isTransparent(picture: VideoFrame | ImageBitmap, width: number, height: number, output: object): boolean {
  const known = knowledge.get(output) ?? { frames: 0, isTransparent: false };
  knowledge.set(output, known);
  const isFirst = known.frames === 0;
  if (!known.isTransparent && known.frames++ % FRAMES_PER_PROBE === 0) {
    known.isTransparent = isFirst
      ? hasTransparency(picture, width, height)
      : hasTransparency(picture, PROBE_SIDE_PX, PROBE_SIDE_PX);
  }
  return known.isTransparent;
}

function overBlack(picture: ImageBitmap | VideoFrame, width: number, height: number): HTMLCanvasElement {
  const canvas = canvasOf(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  // WebKitGTK's canvas is transparent in spite of that.
  context?.fillRect(0, 0, width, height);
  context?.drawImage(picture, 0, 0, width, height);
  return canvas;
}

const FRAMES_PER_PROBE = 30;
const PROBE_SIDE_PX = 32;

function hasTransparency(picture: VideoFrame | ImageBitmap, width: number, height: number): boolean {
  const context = canvasOf(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data.some((level, index) => index % 4 === 3 && level < OPAQUE);
}

const OPAQUE = 255;

let probe: CanvasRenderingContext2D | null = null;

/** Whether a bitmap has a picture of another origin. Such a picture makes the canvas unreadable that it is drawn into. */
function isTainted(bitmap: ImageBitmap): boolean {
  probe ??= canvasOf(1, 1).getContext('2d', { willReadFrequently: true });
  try {
    probe?.drawImage(bitmap, 0, 0, 1, 1, 0, 0, 1, 1);
    probe?.getImageData(0, 0, 1, 1);
    return false;
  } catch {
    probe = null;
    return true;
  }
}

/** Some browsers that capture canvases have no `OffscreenCanvas`. */
const canvasOf = (width: number, height: number): HTMLCanvasElement =>
  Object.assign(document.createElement('canvas'), { width, height });
