import type { Counts } from '../counts.js';
import type { Output } from './output.js';

/** When and how long written data is shown or played. */
export interface WriteOptions {
  /** Microseconds. Default: the data's own timestamp, or else the page's timeline. */
  timestamp?: number;
  /** Microseconds. */
  duration?: number;
  /** Hertz, of samples that do not carry their rate. */
  sampleRate?: number;
}

/** Holds the signal of a track back, while the track stays live. */
export interface Hold {
  /** Shows black, or plays silence. */
  readonly muted: boolean;
  /** Repeats the last frame, or plays silence. */
  readonly paused: boolean;
}

/** Checks written data and brings it to an output. Each kind of track has one. */
export interface TrackWriter {
  readonly output: Output;
  readonly counts: Counts;
  /** Called when the track was given its first frame or block. */
  onstart: (() => void) | null;
  setHold(hold: Hold): void;
  write(data: unknown, options: WriteOptions): Promise<boolean>;
  /** Called about every 500 ms. */
  tick(): void;
  /** Shows the last frame once more. */
  repeatFrame(): void;
  end(): void;
}
