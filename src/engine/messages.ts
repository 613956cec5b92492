import type { AudioFormat } from '../generator/audio-format.js';
import type { Counts } from '../generator/counts.js';
import type { HostMessage } from '../generator/page/worker-pool.js';
import type { AudioPacerInit } from '../generator/worker/audio-pacer.js';
import type { AudioComposition, VideoComposition } from './composition.js';
import type { PlainError } from './posted-error.js';

/** Page to worker, each with the port on which the rest is said. */
export type EngineMessage = HostMessage | TonesMessage | PicturesMessage | LoadMessage;

export interface TonesMessage extends AudioPacerInit {
  readonly type: 'tones';
  readonly format: AudioFormat;
}

export interface PicturesMessage {
  readonly type: 'pictures';
  readonly port: MessagePort;
  /** Milliseconds, of the page's timeline. */
  readonly origin: number;
  /** Where frames go: a native track's stream, bitmaps to the page, or a track that the worker makes. */
  readonly target: WritableStream<VideoFrame> | 'bitmaps' | 'track';
}

/** Page to worker: imports a module. The answer on the port is an error or nothing. */
export interface LoadMessage {
  readonly type: 'load';
  readonly url: string;
  /** The signal that its default export is; what defines none is a part of the worker. */
  readonly define?: SignalName;
  readonly port: MessagePort;
}

export interface SignalName {
  readonly kind: 'video' | 'audio';
  readonly name: string;
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
  /** An answer to `play`: it takes a part of the worker that has not been loaded. */
  | { readonly type: 'wanting'; readonly part: PartName }
  /** An answer to `play`: it plays, but for these layers, which go on as they were before. */
  | { readonly type: 'playing'; readonly refused: readonly Refusal[] }
  /** An answer to `play`: nothing of it can be played; what played before goes on. */
  | { readonly type: 'refused'; readonly error: PlainError }
  /** A layer broke while it played; the others go on. */
  | { readonly type: 'failed'; readonly layer: number; readonly error: PlainError }
  | { readonly type: 'ended' };

/** What a worker that draws pictures does not bring. */
export type PartName = 'extraPatterns' | 'dressing';

/** A layer that cannot be played, and why. */
export interface Refusal {
  readonly id: number;
  readonly error: PlainError;
}
