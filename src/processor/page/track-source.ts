import type { TrackKind } from '../../signals/track-kind.js';
import type { AudioSamples } from '../samples.js';

/** The ways to read a track, best first. */
export const processorBackendNames = {
  video: ['native', 'worker', 'element'],
  audio: ['native', 'worklet'],
} as const;

/** How a track is read in this browser. */
export type ProcessorBackend = (typeof processorBackendNames)[TrackKind][number];

/** The chunks of a processor's streams. */
export interface ChunkTypes {
  frames: VideoFrame | AudioData;
  samples: AudioSamples;
}

/** How many frames, or blocks of audio, were read and how many were dropped because nobody read them; `null` if unknown. */
export interface ReadCounts {
  readonly read: number | null;
  readonly discarded: number | null;
}

/** A track that is being read. */
export interface TrackSource {
  readonly backend: ProcessorBackend;
  readonly counts: ReadCounts;
  /** The one stream of the source. The browser's own stream does not tell that it was cancelled. */
  open<Form extends keyof ChunkTypes>(form: Form): ReadableStream<ChunkTypes[Form]>;
  /** Closes the stream and frees everything. */
  close(): void;
}

export interface TrackSourceInit {
  readonly track: MediaStreamTrack;
  /** Frames, or blocks of audio, that wait to be read. */
  readonly maxBufferSize: number;
  /** Called if the browser does not let the audio run before a user gesture. */
  readonly onBlocked: () => void;
}
