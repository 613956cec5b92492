import { describeValue } from '../../signals/describe-value.js';
import { defaultColorSpace, type Picture } from '../../signals/picture.js';
import type { FrameTimes, VideoSource } from './video-output.js';

/** What `write()` of a video generator takes. */
export type VideoInput = VideoSource | Picture;

/** What was given, checked: its size, and what an output can grab. */
export interface CheckedVideo {
  readonly width: number;
  readonly height: number;
  source(times: FrameTimes): VideoSource;
}

/** What was given to a video generator, checked; `null` for what it does not take. */
export function checkVideo(data: unknown): CheckedVideo | null {
  const size = sizes[describeValue(data)];
  if (!size) return isPicture(data) ? { ...data, source: (times) => pictureFrame(data, times) } : null;
  const [width, height] = size(data as never);
  return width > 0 && height > 0 ? { width, height, source: () => data as VideoSource } : null;
}

type Size = readonly [width: number, height: number];

const ownSize = ({ width, height }: { width: number; height: number }): Size => [width, height];

/** Without pixels, closed or not loaded yet, it is 0. */
const sizes: Readonly<Record<string, (data: never) => Size>> = {
  VideoFrame: (frame: VideoFrame) => [frame.displayWidth, frame.displayHeight],
  ImageBitmap: ownSize,
  ImageData: ownSize,
  HTMLCanvasElement: ownSize,
  OffscreenCanvas: ownSize,
  HTMLImageElement: (image: HTMLImageElement) => [image.complete ? image.naturalWidth : 0, image.naturalHeight],
  HTMLVideoElement: (video: HTMLVideoElement) => [video.readyState > 1 ? video.videoWidth : 0, video.videoHeight],
};

function isPicture(data: unknown): data is Picture {
  const { width = 0, height = 0, y, u, v, colorSpace = 'bt709' } = (data ?? {}) as Partial<Picture>;
  const luma = width * height;
  return (
    width > 0 &&
    height > 0 &&
    width % 2 === 0 &&
    height % 2 === 0 &&
    [y, u, v].every((plane, i) => plane instanceof Uint8Array && plane.length === (i ? luma / 4 : luma)) &&
    /^bt(601|709)$/.test(colorSpace)
  );
}

/** A `VideoFrame` of a source as it is now; one that needs no other times comes back itself. */
export function frameOf(source: VideoSource, times: FrameTimes): VideoFrame | Promise<VideoFrame> {
  if (source instanceof VideoFrame) {
    const asItIs = times.timestamp === undefined && times.duration === undefined;
    return asItIs ? source : import('./restamp.js').then(({ restamp }) => restamp(source, times));
  }
  if (!(source instanceof ImageData)) return new VideoFrame(source, times);
  const { data, width, height } = source;
  return new VideoFrame(data, { format: 'RGBA', codedWidth: width, codedHeight: height, timestamp: 0, ...times });
}

/** A `VideoFrame` with a copy of a picture's planes, tagged with its colour space. */
export function pictureFrame({ width, height, y, u, v, colorSpace }: Picture, times: FrameTimes): VideoFrame {
  const luma = y.length;
  let bytes = new Uint8Array(y.buffer, y.byteOffset);
  const follows = (plane: Uint8Array, offset: number) =>
    plane.buffer === y.buffer && plane.byteOffset === y.byteOffset + offset;
  if (!follows(u, luma) || !follows(v, luma * 1.25)) {
    bytes = new Uint8Array(luma * 1.5);
    bytes.set(y);
    bytes.set(u, luma);
    bytes.set(v, luma * 1.25);
  }
  const space = (colorSpace ?? defaultColorSpace(height)) === 'bt601' ? 'smpte170m' : 'bt709';
  return new VideoFrame(bytes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    colorSpace: { primaries: space, transfer: space, matrix: space, fullRange: false },
    timestamp: 0,
    ...times,
  });
}
