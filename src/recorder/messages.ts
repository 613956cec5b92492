/*
 * The messages between a page and the worker that records, in the form that generator/messages.ts describes: requests
 * with answers, commands without, and events.
 */
import type { PlainError } from '../generator/messages.js';
import type { TrackInput } from '../processor/messages.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { RecordingFormat } from './recording-type.js';

/** The options of a recording, for the worker. */
export interface WorkerRecordingOptions {
  readonly format: RecordingFormat;
  /** The kinds of the tracks at the start. */
  readonly kinds: readonly TrackKind[];
  readonly videoBitrate?: number;
  readonly audioBitrate?: number;
  readonly timeslice: number;
  /** By how much the machine's clock is ahead of the page's, in milliseconds. */
  readonly pageSkew: number;
  readonly file?: FileSystemFileHandle;
}

export interface RecorderRequests {
  /** Opens the file. The answer comes when tracks are read; it names the codecs that are used. */
  start(request: { readonly options: WorkerRecordingOptions }): void;
  /** Completes the file, which ends at this time; after a failure with everything up to there. */
  stop(request: { readonly time: number }): RecordingResult;
}

/** A complete recording. */
export interface RecordingResult {
  /** The recording, unless it was written to a file. */
  readonly blob: Blob | null;
  /** Container and codecs, such as `video/webm;codecs=vp9,opus`. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** In seconds, without pauses. */
  readonly duration: number;
  /** Why the file has no index, if it should have one. */
  readonly warning?: PlainError;
}

/** Page to worker. Each `time` is that of the page at which it begins, in milliseconds since 1970. */
export type RecorderCommand =
  /** Reads this track in place of the last one of its kind; `null`: there is none. */
  | { readonly type: 'track'; readonly kind: TrackKind; readonly input: TrackInput | null; readonly time: number }
  | { readonly type: 'pause'; readonly paused: boolean; readonly time: number };

/** Worker to page. */
export type RecorderEvent =
  /** Everything recorded so far is written: so many bytes and seconds. */
  | { readonly type: 'progress'; readonly size: number; readonly duration: number }
  | { readonly type: 'failed'; readonly error: PlainError };
