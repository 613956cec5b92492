import type { FrameTimes } from './video-output.js';

/**
 * A frame's picture with other times. Chromium loses the timestamp of `new VideoFrame(frame, { timestamp })` on its way
 * through a generator: only a frame made of bytes carries its own. One whose bytes cannot be had is tried all the same.
 */
export async function restamp(frame: VideoFrame, times: FrameTimes): Promise<VideoFrame> {
  const { format, visibleRect, displayWidth, displayHeight } = frame;
  const { timestamp = frame.timestamp, duration = frame.duration ?? undefined } = times;
  if (!format || !visibleRect) return new VideoFrame(frame, { timestamp, duration });
  const bytes = new Uint8Array(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  return new VideoFrame(bytes, {
    format,
    codedWidth: visibleRect.width,
    codedHeight: visibleRect.height,
    displayWidth,
    displayHeight,
    colorSpace: frame.colorSpace.toJSON(),
    layout,
    timestamp,
    duration,
  });
}
