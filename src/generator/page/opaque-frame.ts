/* This file is loaded when a written picture may be transparent in part, as those of canvases may. */

/** The knowledge about the frames of each output. */
const knowledge = new WeakMap<object, { frames: number; isTransparent: boolean }>();

/**
 * The frame itself if it is opaque, or else a frame with its picture over black. Chromium's `<video>` shows the page behind
 * transparent parts, and other viewers show them in other colours.
 */
export async function opaqueFrame(frame: VideoFrame, source: unknown, output: object): Promise<VideoFrame> {
  const { displayWidth: width, displayHeight: height, timestamp, duration } = frame;
  if (!isTransparent(frame, width, height, output)) return frame;
  // Chromium draws a frame of a canvas too dark, but not a bitmap of it.
  const bitmap = await createImageBitmap(source instanceof ImageData ? source : frame);
  const canvas = overBlack(bitmap, width, height);
  bitmap.close();
  // A frame that the page wrote is closed by its writer.
  if (frame !== source) frame.close();
  return new VideoFrame(canvas, { timestamp, ...(duration !== null && { duration }) });
}

/** As `opaqueFrame()`, of a bitmap. Firefox keeps transparency in the track of a captured canvas. */
export function opaqueBitmap(bitmap: ImageBitmap, output: object): ImageBitmap {
  const { width, height } = bitmap;
  if (!isTransparent(bitmap, width, height, output)) return bitmap;
  const canvas = overBlack(bitmap, width, height);
  bitmap.close();
  return canvas.transferToImageBitmap();
}

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

function overBlack(picture: ImageBitmap, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  // WebKitGTK's canvas is transparent in spite of that.
  context?.fillRect(0, 0, width, height);
  context?.drawImage(picture, 0, 0, width, height);
  return canvas;
}

const FRAMES_PER_PROBE = 30;
const PROBE_SIDE_PX = 32;

function hasTransparency(picture: VideoFrame | ImageBitmap, width: number, height: number): boolean {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data.some((level, index) => index % 4 === 3 && level < OPAQUE);
}

const OPAQUE = 255;
