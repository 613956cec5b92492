/* This file is loaded when a frame has a format with transparency, as those of canvases have. */

/** The knowledge about the frames of each output. */
const knowledge = new WeakMap<object, { frames: number; isTransparent: boolean }>();

/**
 * The frame itself if it is opaque, or else a frame with its picture over black. Chromium's `<video>` shows the page behind
 * transparent parts, and other viewers show them in other colours.
 *
 * The first frame is looked at as a whole, later ones at a few points, and only from time to time: reading every frame
 * would cost as much as showing it.
 */
export function opaqueFrame(frame: VideoFrame, source: unknown, output: object): VideoFrame {
  const known = knowledge.get(output) ?? { frames: 0, isTransparent: false };
  knowledge.set(output, known);
  const { displayWidth: width, displayHeight: height, timestamp, duration } = frame;
  const isFirst = known.frames === 0;
  if (!known.isTransparent && known.frames++ % FRAMES_PER_PROBE === 0) {
    known.isTransparent = isFirst
      ? hasTransparency(frame, width, height)
      : hasTransparency(frame, PROBE_SIDE_PX, PROBE_SIDE_PX);
  }
  if (!known.isTransparent) return frame;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d', { alpha: false })?.drawImage(frame, 0, 0, width, height);
  // A frame that the page wrote is closed by its writer.
  if (frame !== source) frame.close();
  return new VideoFrame(canvas, { timestamp, ...(duration !== null && { duration }) });
}

const FRAMES_PER_PROBE = 30;
const PROBE_SIDE_PX = 32;

function hasTransparency(frame: VideoFrame, width: number, height: number): boolean {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  context.drawImage(frame, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data.some((level, index) => index % 4 === 3 && level < OPAQUE);
}

const OPAQUE = 255;
