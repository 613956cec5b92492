/* This file is loaded when it is needed: few programs change the times of frames. */

/**
 * A frame with the same picture and other times. The bytes are copied because Chromium's track generators ignore the timestamp
 * of `new VideoFrame(frame, { timestamp })`: they use the timestamp of the original bytes. If the bytes of the frame cannot be
 * read, the constructor has to do.
 */
export async function retimeFrame(
  frame: VideoFrame,
  times: Pick<Partial<VideoFrameInit>, 'timestamp' | 'duration'>,
): Promise<VideoFrame> {
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
