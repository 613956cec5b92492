import type { Output } from './backend.js';

/** What a picture can be made from. */
export type VideoSource =
  | VideoFrame
  | ImageBitmap
  | ImageData
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLImageElement
  | HTMLVideoElement;

/** When and how long a picture is shown, in microseconds: what is said here wins over what the source says. */
export interface FrameTimes {
  timestamp?: number;
  duration?: number;
}

/** A video track together with what shows pictures in it. Whoever gives it a picture to show gives the picture away. */
export interface VideoOutput extends Output {
  /** Takes the picture as it is now. A `VideoFrame` that goes on as it is comes back itself. */
  grab(source: VideoSource, times: FrameTimes): VideoPicture | Promise<VideoPicture>;
  /** Shows a picture and closes it; `false` when the track took it no more. */
  show(picture: VideoPicture): boolean | Promise<boolean>;
  /** The picture on show, to be kept: whoever asks closes it. */
  copy(): VideoPicture | null | Promise<VideoPicture | null>;
  /** Shows the same picture again, with the time that passed since added to its timestamp. */
  repeat(): void;
  /** Gives up showing, and hands on what does it: to the engine, for good. */
  handOver(): VideoTarget;
}

export type VideoPicture = VideoFrame | ImageBitmap;

/** What the engine shows pictures in: the stream that goes to its worker, or what takes the worker's bitmaps in the page. */
export type VideoTarget = WritableStream<VideoFrame> | { show(bitmap: ImageBitmap): void };
