/* This file is loaded when a canvas is written for the first time. */
import type { WriterListener } from './track-writer.js';

/** A writer whose first canvases are looked at. */
interface CanvasWriter {
  watchesCanvas: boolean;
  readonly output: { readonly track: MediaStreamTrack };
  readonly listener: WriterListener;
}

/** The writers whose canvases have been empty so far. */
const emptyWriters = new WeakSet<CanvasWriter>();

/**
 * Looks at the copy of a written canvas, until one has a picture. Warns if all are empty in the second after the first. No
 * browser tells which context a canvas has without making one for a canvas that has none, so that the picture alone decides.
 */
export async function lookAt(copying: Promise<ImageBitmap>, writer: CanvasWriter): Promise<void> {
  const copy = await copying;
  const isFilled = !isEmpty(copy);
  copy.close();
  if (isFilled) writer.watchesCanvas = false;
  else if (!emptyWriters.has(writer)) {
    emptyWriters.add(writer);
    // A page may write before it draws.
    setTimeout(() => {
      const isLive = writer.output.track.readyState === 'live';
      if (writer.watchesCanvas && isLive) writer.listener.warned?.('emptyCanvas');
      writer.watchesCanvas = false;
    }, DRAWING_TIMEOUT_MS);
  }
}

const DRAWING_TIMEOUT_MS = 1000;
const PROBE_SIDE_PX = 16;

/** Whether a picture is transparent as a whole. Few are at all points of the probe, so that few are read as a whole. */
const isEmpty = (picture: ImageBitmap): boolean =>
  isTransparent(picture, PROBE_SIDE_PX, PROBE_SIDE_PX) && isTransparent(picture, picture.width, picture.height);

function isTransparent(picture: ImageBitmap, width: number, height: number): boolean {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(picture, 0, 0, width, height);
  return context?.getImageData(0, 0, width, height).data.every((level, index) => index % 4 < 3 || level === 0) ?? false;
}
