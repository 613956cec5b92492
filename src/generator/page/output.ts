/* An output is a track together with its maker. Each backend has one for each kind of track that it makes. */
import type { AudioFormat } from '../audio-format.js';
import type { FrameTimes, VideoSource } from '../video-frames.js';
import type { Backend } from './backend.js';
import type { Script } from './load-script.js';
import type { Settings } from './tracks.js';
import type { WorkerLease } from './worker-pool.js';

export interface Output {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  /** Ends the track with the event `ended`, and frees everything. */
  end(): void;
}

/** An output that shows pictures. It owns every picture that it is given to show. */
export interface VideoOutput extends Output {
  /** Makes a picture of the source as it is now. A `VideoFrame` whose times stay the same is returned itself. */
  grab(source: VideoSource, times: FrameTimes): VideoPicture | Promise<VideoPicture>;
  /** Shows a picture and closes it. Resolves to `false` if the track did not take it. */
  show(picture: VideoPicture): boolean | Promise<boolean>;
  /** A copy of the picture on show, which the caller has to close. */
  copy(): VideoPicture | null | Promise<VideoPicture | null>;
  /** Shows the same picture once more, its timestamp advanced by the time that has passed. */
  repeatFrame(): void;
}

export type VideoPicture = VideoFrame | ImageBitmap;

/** An output that a page makes itself, and can leave to the engine. */
export interface PageVideoOutput extends VideoOutput {
  /** Stops showing pictures for good. Returns where the engine shows them from now on. */
  handOver(): VideoTarget;
}

/** Where the engine shows pictures: a stream for its worker, or an object in the page that shows the worker's bitmaps. */
export type VideoTarget = WritableStream<VideoFrame> | { show(bitmap: ImageBitmap): void };

export interface AudioOutput extends Output {
  /** Whether the browser wants a user gesture before it lets the track run. */
  readonly suspended: boolean;
  /** Called when `suspended` has changed. */
  onsuspend: ((suspended: boolean) => void) | null;
  /** The settings of a track that keeps its format whatever it plays. */
  readonly fixedSettings?: Settings;
  /** Opens the player that computes the track's audio. */
  open(player: AudioPlayer, format: AudioFormat): OpenAudio;
}

/** Code that computes audio: in a worker for native tracks, in a worklet for others. */
export interface AudioPlayer {
  acquireWorker(): Promise<WorkerLease>;
  /** The type of the message that opens the player in the worker. */
  readonly openMessage: string;
  readonly worklet: Script;
  /** The name of the processor in the worklet. */
  readonly processor: string;
}

export interface OpenAudio {
  /** Messages that are posted early wait for the player. */
  readonly port: MessagePort;
  /** The worker in which the player runs, or the context in whose worklet it does. Rejects if it could not be loaded. */
  readonly loaded: Promise<Worker | BaseAudioContext>;
}
