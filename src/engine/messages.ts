/*
 * The messages between a page and the engine, in its worker and its worklet. Each track has a player with a port to the
 * page; ../generator/messages.ts says what requests, commands and events are.
 */
import type { Counts } from '../generator/counts.js';
import type {
  AudioCommand,
  AudioEvent,
  AudioRequests,
  OpenWorkerAudio,
  OpenWrittenAudio,
  PlainError,
  RequestMessage,
  WorkerReady,
} from '../generator/messages.js';
import type { OpenAlarm } from '../generator/worker/alarm.js';
import type { TrackInput } from '../processor/messages.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { AudioComposition, VideoComposition } from './composition.js';
import type { SampleClip } from './sample-clip.js';

/** The worker's first message to the page. */
export interface EngineReady extends WorkerReady {
  /** Whether the worker can make video tracks and post them to the page. */
  readonly hasVideoTrackGenerator: boolean;
}

/** Page to worker. */
export type WorkerMessage =
  | OpenVideo
  | OpenTones
  | OpenWrittenAudio
  | OpenAlarm
  | OpenInput
  | RequestMessage<WorkerRequests>;

/** Opens a player of video. */
export interface OpenVideo {
  readonly type: 'open-video';
  readonly port: MessagePort;
  /** The page's origin, in milliseconds of `now()`. */
  readonly origin: number;
  /** A native track's stream; or bitmaps that are posted to the page; or a track that the worker makes and posts. */
  readonly target: WritableStream<VideoFrame> | 'bitmaps' | 'track';
}

/** Opens a player of tones and written audio. */
export interface OpenTones extends OpenWorkerAudio {
  readonly type: 'open-tones';
}

/** Page to worker: read a track, whose pictures compositions then name by the id. */
export interface OpenInput {
  readonly type: 'open-input';
  readonly id: number;
  readonly input: TrackInput | TimedInput;
  /** For {@link InputEvent} and {@link InputCommand}. */
  readonly port: MessagePort;
}

/**
 * Page to a player of tones: read a track, or take a clip, whose samples compositions of the same worker or worklet then name by the
 * id.
 */
export interface OpenAudioInput extends Omit<OpenInput, 'type' | 'id' | 'input'> {
  readonly inputId: number;
  readonly input: TrackInput | TimedInput | SampleClip;
}

/** Pictures or samples that are sent before they are due, like those of a file: {@link TimedMessage}. */
export interface TimedInput {
  readonly timed: MessagePort;
}

/** Sent to an input: a picture, which the input closes; samples; or the message that nothing that was sent is due any more. */
export type TimedMessage = TimedFrame | TimedBlock | 'clear';

export interface TimedFrame {
  readonly frame: VideoFrame;
  /** Seconds of the page's timeline. */
  readonly due: number;
}

/** One plane for each channel. */
export interface TimedBlock {
  readonly planes: Float32Array[];
  readonly sampleRate: number;
  /** The time of the first sample, in seconds of the page's timeline. */
  readonly due: number;
}

/** Page to an input: a picture that the track does not deliver by itself; or the end. */
export type InputCommand = { readonly frame: VideoFrame } | 'close';

/** Page to a clip: it begins, at so many milliseconds of the page's timeline; or the end. */
export type ClipCommand = { readonly start: number } | 'close';

/** An input to the page. */
export type InputEvent =
  /** The pictures have another size, in pixels as they are displayed. The first picture is an event, too. */
  | { readonly type: 'resized'; readonly width: number; readonly height: number }
  /** The first samples have come. */
  | { readonly type: 'heard' }
  /** The frames of the track cannot be read. */
  | { readonly type: 'failed'; readonly error: PlainError };

export interface WorkerRequests {
  /** Imports a module: a part of the worker, or one whose default export becomes the signal `define`. */
  import(request: { readonly url: string; readonly define?: SignalName }): void;
}

export interface SignalName {
  readonly kind: TrackKind;
  readonly name: string;
}

/** The name that a worklet registers for a waveform of the page's own: with the number of the import, or if it has defined itself. */
export const ownWaveform = (name: string, id = 0): string => `waveform ${name} ${id}`;

/** The requests that a player of video answers. */
export interface VideoRequests {
  play(request: { readonly composition: VideoComposition }): PlayAnswer;
  /** Shows a frame, or a bitmap in browsers without `VideoFrame`, while no layer plays. Answers `false` if the frame was dropped. */
  write(request: { readonly frame: VideoFrame | ImageBitmap }): boolean;
  count(request: object): Counts;
}

/** Page to a player of video. */
export type VideoCommand =
  | { readonly type: 'hold'; readonly muted: boolean; readonly paused: boolean }
  /** A viewer has arrived who has not seen the last frame. */
  | { readonly type: 'repeat-frame' }
  /** The page has shown a bitmap. */
  | { readonly type: 'bitmap-shown' }
  | { readonly type: 'close' };

export type VideoMessage = RequestMessage<VideoRequests> | VideoCommand;

/** The requests that a player of tones answers. */
export interface ToneRequests extends AudioRequests {
  play(request: { readonly composition: AudioComposition }): PlayAnswer;
  'open-audio-input'(request: OpenAudioInput): void;
}

export type ToneMessage = RequestMessage<ToneRequests> | AudioCommand;

/** The answer to `play`: it plays, except for the rejected layers; or the worker needs a part first. */
export type PlayAnswer = { readonly rejected: readonly RejectedLayer[] } | { readonly needsPart: PartName };

/** A layer that cannot be played. If the composition before has it, it continues as it was. */
export interface RejectedLayer {
  readonly id: number;
  readonly error: PlainError;
}

/** The parts of the worker that video may need. */
export type PartName = 'extraPatterns' | 'decorations' | 'faults';

/** A player to the page. */
export type PlayerEvent =
  | AudioEvent
  | { readonly type: 'track'; readonly track: MediaStreamTrack }
  | { readonly type: 'bitmap'; readonly bitmap: ImageBitmap }
  /** A fault has muted the track, or no longer does. */
  | { readonly type: 'muted'; readonly muted: boolean }
  /** A layer broke while it played; the other layers continue. */
  | { readonly type: 'layer-failed'; readonly id: number; readonly error: PlainError };
