import type { Counts } from '../counts.js';
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
