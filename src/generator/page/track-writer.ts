import type { Output } from './backend.js';

/** When and how long what is written is shown, in microseconds; the rate of bare samples, in hertz. */
export interface WriteOptions {
  /** Microseconds; the page's timeline where neither this nor the data says it. */
  timestamp?: number;
  /** Microseconds. */
  duration?: number;
  /** Hertz, of samples that carry no rate of their own. */
  sampleRate?: number;
}

/** Brings what is written to an output: one for each kind of track. */
export interface TrackWriter {
  readonly output: Output;
  muted: boolean;
  paused: boolean;
  readonly counts: Counts;
  /** Called when the first picture or sound has been given to the track. */
  onstart: (() => void) | null;
  /** Called when the browser starts or stops wanting a user gesture before it lets the track run. */
  onsuspend: ((suspended: boolean) => void) | null;
  write(data: unknown, options: WriteOptions): Promise<boolean>;
  /** About every half second. */
  tick(): void;
  /** Shows the last picture once more. */
  again(): void;
  end(): void;
}

/** What a source counts from its start on. */
export interface Counts {
  /** Frames, or blocks of 10 ms, given to the track. */
  produced: number;
  /** Due or written, and never given to the track. */
  dropped: number;
  /** Given to the track more than half a period after they were due. */
  late: number;
  /** Given again because nothing had changed. */
  repeated: number;
  /** How often sound had to be filled up with silence. */
  underruns: number;
}

export const noCounts = (): Counts => ({ produced: 0, dropped: 0, late: 0, repeated: 0, underruns: 0 });
