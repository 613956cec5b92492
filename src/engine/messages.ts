import type { Counts } from '../generator/feed.js';
import type { PacerInit } from '../generator/pacer.js';
import type { SoundFormat } from '../generator/sound-format.js';
import type { HostMessage } from '../generator/worker-host.js';
import type { AudioComposition, VideoComposition } from './composition.js';

/** Page to worker, each with the port on which the rest is said. */
export type EngineMessage = HostMessage | TonesMessage | PicturesMessage;

export interface TonesMessage extends PacerInit {
  readonly type: 'tones';
  readonly format: SoundFormat;
}

export interface PicturesMessage {
  readonly type: 'pictures';
  readonly port: MessagePort;
  /** Milliseconds, of the page's timeline. */
  readonly origin: number;
  /** Where frames go: a native track's stream, bitmaps to the page, or a track that the worker makes. */
  readonly target: WritableStream<VideoFrame> | 'bitmaps' | 'track';
}

/** The worker's first word. */
export interface Hello {
  readonly type: 'hello';
  /** Whether the worker can make video tracks that the page can get. */
  readonly videoTrackGenerator: boolean;
}

/** Page to a video player. */
export type VideoMessage =
  | { readonly type: 'play'; readonly composition: VideoComposition }
  | { readonly type: 'hold'; readonly muted: boolean; readonly paused: boolean }
  | { readonly type: 'write'; readonly id: number; readonly frame: VideoFrame }
  /** Show the last picture once more: a viewer has come. */
  | { readonly type: 'again' }
  /** The page has shown a bitmap. */
  | { readonly type: 'shown' }
  | { readonly type: 'count' }
  | { readonly type: 'close' };

/** Page to tones, besides what every sound takes. */
export type ToneMessage = { readonly type: 'play'; readonly composition: AudioComposition };

/** A player to the page. */
export type Report =
  | { readonly type: 'started' }
  | { readonly type: 'track'; readonly track: MediaStreamTrack }
  | { readonly type: 'bitmap'; readonly bitmap: ImageBitmap }
  | { readonly type: 'settled'; readonly id: number; readonly taken: boolean }
  | { readonly type: 'counts'; readonly counts: Counts }
  /** The answer to `play`: it plays, or it cannot and what played before goes on. */
  | { readonly type: 'playing' }
  | { readonly type: 'refused'; readonly error: { readonly name: string; readonly message: string } }
  /** What plays broke. */
  | { readonly type: 'failed'; readonly error: { readonly name: string; readonly message: string } }
  | { readonly type: 'ended' };

/** An error as plain data: not every engine keeps the class of one that is posted. */
export function plainError(error: unknown): { name: string; message: string } {
  return error instanceof Error || error instanceof DOMException
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

/** The error that was posted, in the class the platform would use. */
export function revive({ name, message }: { readonly name: string; readonly message: string }): Error {
  if (name === 'TypeError') return new TypeError(message);
  if (name === 'RangeError') return new RangeError(message);
  return new DOMException(message, name);
}
