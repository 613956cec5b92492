/* The messages between a page and the worker that reads media files. Each open file has a port to the page. */
import type { PlainError, RequestMessage } from '../generator/messages.js';
import type { Rate } from '../signals/rate.js';
import type { TrackKind } from '../signals/track-kind.js';

/** Where a file is: its URL, or the file itself. */
export type FileLocation = string | Blob;

/** Page to worker: a file will be opened. All later messages use the port. */
export interface OpenFile {
  readonly type: 'open-file';
  readonly port: MessagePort;
  /** The page's origin, in milliseconds of `now()`. */
  readonly origin: number;
  /** The page's `clockSkew()`. */
  readonly pageSkew: number;
}

/** The content of a file. */
export interface FileInfo {
  /** Seconds. */
  readonly duration: number;
  /** `null` for a file without pictures. */
  readonly video: VideoInfo | null;
  readonly hasAudio: boolean;
  /** The codec of audio that the worker cannot decode: the page sends the samples before anything plays. `null` otherwise. */
  readonly undecoded: string | null;
}

export interface VideoInfo {
  /** Pixels as they are displayed. */
  readonly width: number;
  readonly height: number;
  /** Frames per second, where no picture is left out. */
  readonly frameRate: Rate;
}

export interface FileRequest {
  readonly location: FileLocation;
  /** The beginning of an error: `src is "film.mp4"`. */
  readonly name: string;
  /** Only this kind of track; both if it is `null`. */
  readonly kind: TrackKind | null;
}

export interface DecodedAudio {
  readonly planes: readonly Float32Array[];
  readonly sampleRate: number;
}

export interface FileRequests {
  open(request: FileRequest & { readonly hasAudioDecoder: boolean }): FileInfo;
  /** The samples of all of the audio, one plane for each channel. */
  'set-audio'(request: DecodedAudio): void;
}

/** Page to an open file. */
export type FileCommand =
  /** Sends pictures or samples to a port, too. */
  | { readonly type: 'connect'; readonly kind: TrackKind; readonly port: MessagePort }
  /** Plays in place of what it plays. */
  | PlayFile
  /** Shows the picture of a position, and plays nothing. */
  | { readonly type: 'show'; readonly position: number }
  /** Plays nothing from now on. */
  | { readonly type: 'pause' }
  | { readonly type: 'loop'; readonly loop: boolean }
  | { readonly type: 'close' };

export interface PlayFile {
  readonly type: 'play';
  /** Seconds. */
  readonly position: number;
  /** Of the track that shows the pictures: the first picture is due together with one of its frames. */
  readonly frameRate: Rate;
  /** The kinds that are wanted. */
  readonly kinds: readonly TrackKind[];
}

export type FileMessage = RequestMessage<FileRequests> | FileCommand;

/** An open file to the page. */
export type FileEvent =
  /** It plays: the position is due at `start`, in seconds of the page's timeline. */
  | { readonly type: 'playing'; readonly position: number; readonly start: number }
  /** Everything has been played. */
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly error: PlainError };
