import type { TrackKind } from '../signals/track-kind.js';

/** How a recording is made. */
export interface RecordingOptions {
  /** Container and codecs, such as `video/webm;codecs=vp9,opus`. Empty for WebM with the best usual codecs. */
  readonly type: string;
  /** Bit rate of the video in bit/s, above 0; `undefined` for one that suits the size of the picture. */
  readonly videoBitrate?: number;
  /** Bit rate of the audio in bit/s, above 0; `undefined` for a high quality. */
  readonly audioBitrate?: number;
  /** Milliseconds, at least 100, after which what was recorded is written again, and its progress is reported. */
  readonly timeslice: number;
  /** The file that the recording is written to while it is made. By default it is kept in memory. */
  readonly file?: FileSystemFileHandle;
}

/** Receives the reports of a recording. */
export interface RecordingListener {
  /** Everything recorded so far is written: so many seconds. */
  progressed(duration: number): void;
  /** The recording is complete. If it was written to a file, the blob is that file. */
  ended(blob: Blob): void;
  /** The recording has ended by an error. The blob has everything up to there that could be saved. */
  failed(error: Error, blob: Blob | null): void;
  /** Something is not as it should be; the recording continues, or is complete. */
  warned(error: Error): void;
}

/** A recording of tracks, from start to stop. */
export interface Recording {
  /** Container and codecs. */
  readonly type: string;
  /** Recorded bytes. */
  readonly size: number;
  /** Recorded time in seconds, without pauses. */
  readonly duration: number;
  paused: boolean;
  /**
   * Continues with another track of this kind, or without one.
   *
   * @returns Whether this browser can do that.
   */
  setTrack(kind: TrackKind, track: MediaStreamTrack | null): boolean;
  /** Completes the recording; the listener receives it. */
  stop(): void;
}
