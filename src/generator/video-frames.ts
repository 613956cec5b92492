/* How a `VideoFrame` is made: of anything that shows a picture, of the planes of a picture, of black. */
import { describeValue } from '../signals/describe-value.js';
import { blackPicture, defaultColorSpace, type Picture } from '../signals/picture.js';

/** The sources of pictures that `VideoFrame` takes in every browser, and `ImageData`. */
export type VideoSource =
  | VideoFrame
  | ImageBitmap
  | ImageData
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLImageElement
  | HTMLVideoElement;

/** When a frame is shown, and for how long, in microseconds. These times replace those of the source. */
export interface FrameTimes {
  timestamp?: number;
  duration?: number;
}

/** The class of the frames that are made of bytes: the browser's class, or its replacement. */
export let FrameClass: typeof VideoFrame = globalThis.VideoFrame;

export const useFrameClass = (Class: typeof VideoFrame): void => {
  FrameClass = Class;
};

/** Whether a value is a `VideoFrame`: of this document, or of another one, which has a class of its own. */
export const isVideoFrame = (value: unknown): value is VideoFrame => describeValue(value) === 'VideoFrame';

/** A frame of the source as it is now. A `VideoFrame` is returned itself unless its times change. */
export function frameOf(source: VideoSource, times: FrameTimes): VideoFrame | Promise<VideoFrame> {
  if (isVideoFrame(source)) {
    const isUnchanged = times.timestamp === undefined && times.duration === undefined;
    return isUnchanged ? source : import('./retime-frame.js').then(({ retimeFrame }) => retimeFrame(source, times));
  }
  if (!isImageData(source)) return new VideoFrame(source, times);
  const { data, width, height } = source;
  return new VideoFrame(data, { format: 'RGBA', codedWidth: width, codedHeight: height, timestamp: 0, ...times });
}

const isImageData = (value: unknown): value is ImageData => describeValue(value) === 'ImageData';

/** A frame with a copy of a picture's planes, tagged with its colour space. */
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
  return new FrameClass(bytes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    colorSpace: { primaries: space, transfer: space, matrix: space, fullRange: false },
    timestamp: 0,
    ...times,
  });
}

let black = blackPicture(0, 0);

/** A black frame. */
export function blackFrame(width: number, height: number, times: FrameTimes): VideoFrame {
  if (width % 2 === 0 && height % 2 === 0) {
    const isSameSize = black.width === width && black.height === height;
    if (!isSameSize) black = blackPicture(width, height);
    return pictureFrame(black, times);
  }
  // Not every browser takes I420 frames of odd sizes.
  const bytes = new Uint8Array(width * height * 4);
  return new FrameClass(bytes, {
    format: 'RGBX',
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    ...times,
  });
}
