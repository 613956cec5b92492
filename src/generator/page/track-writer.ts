import { valueError } from '../../signals/checks.js';
import type { Counts } from '../counts.js';
import type { Output } from './output.js';
import type { WarningName } from './warnings.js';

/** When and how long written data is shown or played. */
export interface WriteOptions {
  /** Microseconds. Default: the data's own timestamp, or else the page's timeline. */
  timestamp?: number;
  /** Microseconds. */
  duration?: number;
  /** Sample rate in hertz, for samples that do not carry their rate. */
  sampleRate?: number;
}

/** How written data waits for its time. */
export interface PacingInit {
  /**
   * `timestamp` shows each picture, and plays samples, when their timestamp is due. The first one counts as due when it is
   * written. Default: pictures are shown when they are written, samples play one after the other.
   */
  pacing?: 'timestamp';
  /**
   * With `pacing`: the name of the clock. The generators of the page with the same name are timed together, so that the
   * audio and video of a file stay together. Default: a clock of the generator's own.
   */
  clock?: string;
}

/** @throws {TypeError} for a pacing that does not exist. */
export function checkPacing(pacing: unknown): void {
  if (pacing !== undefined && pacing !== 'timestamp') throw valueError('pacing', pacing, '"timestamp"', TypeError);
}

/** Five minutes: 58 MB of mono audio at 48 kHz, since a sample is 4 bytes. */
export const DEFAULT_QUEUE_LIMIT_S = 300;

/** Holds the signal of a track back, while the track stays live. */
export interface Hold {
  /** Shows black, or plays silence. */
  readonly muted: boolean;
  /** Repeats the last frame, or plays silence. */
  readonly paused: boolean;
}

/** Receives what happens to written data: a plain object of functions. */
export interface WriterListener {
  /** The track was given its first frame or block; everything that was written has been played. */
  announce?(type: 'started' | 'played'): void;
  /** Something is probably not as the page intends. */
  warned?(name: WarningName): void;
}

/** Checks written data and brings it to an output. Each kind of track has one. */
export interface TrackWriter {
  readonly output: Output;
  /** Seconds of written data that wait for their time. */
  readonly queued: number;
  /** Seconds of written data that may wait. */
  queueLimit: number;
  /** Receives what happens to the written data later. */
  listener: WriterListener;
  setHold(hold: Hold): void;
  write(data: unknown, options: WriteOptions): Promise<boolean>;
  /** Drops the data that waits. */
  clear(): void;
  /** Resolves to `true` once nothing waits, to `false` if it was cleared. */
  played(): Promise<boolean>;
  getCounts(): Promise<Counts>;
  /** Called about every 500 ms. */
  tick(): void;
  /** Shows the last frame once more. */
  repeatFrame(): void;
  end(): void;
}
