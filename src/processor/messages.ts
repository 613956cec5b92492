/* How a page hands the frames of a track over to whoever reads them, often in a worker. */

import type { PlainError } from '../generator/messages.js';

/** How the frames of a track are handed over: as a stream of them, or as messages with pictures or blocks of audio. */
export type TrackInput = { readonly readable: ReadableStream<VideoFrame | AudioData> } | { readonly port: MessagePort };

/** Audio as a worklet hears it: one plane for each channel, none while it hears nothing. */
export interface AudioBlock {
  readonly planes: readonly Float32Array[];
  readonly sampleRate: number;
  /** When the first sample was heard, in milliseconds since 1970. */
  readonly start: number;
}

/** A picture that an element shows. */
export interface ShownFrame {
  readonly frame: VideoFrame;
  /** When it was shown, in milliseconds since 1970. */
  readonly arrival: number;
  /**
   * How many pictures the element has shown since the previous one that could not be read, because the page or the worker was
   * busy.
   */
  readonly unread: number;
}

/** Page to the worker that reads tracks: read this one. All later messages use the port. */
export interface OpenTrackInWorker {
  readonly type: 'open-track';
  readonly track: MediaStreamTrack;
  readonly port: MessagePort;
  /** The page's time origin, in milliseconds since 1970. */
  readonly timeOrigin: number;
}

/** Worker to page: the track cannot be read, or not any more. */
export interface ReadFailure {
  readonly error: PlainError;
}

/** Worker to page: a frame. The page answers `taken`. */
export interface ReadFrame {
  readonly frame: VideoFrame;
  /** Frames before it that were dropped, because the page was busy. */
  readonly skipped: number;
}
