/* This file is loaded when the first picture of a track is a canvas. */
import type { VideoOutput, VideoPicture } from './output.js';
import type { WriterListener } from './track-writer.js';

/**
 * Warns if a track shows an empty picture after a canvas was written, and still does a second later. No browser tells which
 * context a canvas has without making one for a canvas that has none, so that the picture alone decides.
 */
export async function warnIfEmpty({ output, listener }: WrittenOutput): Promise<void> {
  if (!isEmpty(await output.copy())) return;
  // A page may write before it draws.
  await new Promise((resolve) => setTimeout(resolve, DRAWING_TIMEOUT_MS));
  if (isEmpty(await output.copy())) listener.warned?.('emptyCanvas');
}

/** An output, and who is told what happens to it. */
interface WrittenOutput {
  readonly output: VideoOutput;
  readonly listener: WriterListener;
}

const DRAWING_TIMEOUT_MS = 1000;
const PROBE_SIDE_PX = 16;

/** Whether a picture is transparent as a whole. Closes it. */
function isEmpty(picture: VideoPicture | null): boolean {
  if (!picture) return false;
  const { displayWidth, displayHeight } = picture as VideoFrame;
  const [width, height] =
    picture instanceof VideoFrame ? [displayWidth, displayHeight] : [picture.width, picture.height];
  try {
    // Few pictures are transparent at all of these points, so that few are read as a whole.
    return isTransparent(picture, PROBE_SIDE_PX, PROBE_SIDE_PX) && isTransparent(picture, width, height);
  } finally {
    picture.close();
  }
}

function isTransparent(picture: VideoPicture, width: number, height: number): boolean {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(picture, 0, 0, width, height);
  return context?.getImageData(0, 0, width, height).data.every((level, index) => index % 4 < 3 || level === 0) ?? false;
}
