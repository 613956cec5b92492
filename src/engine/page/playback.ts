import type { Counts } from '../../generator/counts.js';
import type { Backend } from '../../generator/page/backend.js';
import type { Hold } from '../../generator/page/track-writer.js';
import type { Composition } from '../composition.js';

export type { Hold } from '../../generator/page/track-writer.js';

/** A track into which the engine plays compositions. */
export interface Playback<C extends Composition = Composition> {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  /** Whether the browser wants a user gesture before it lets the track run. */
  readonly suspended: boolean;
  /**
   * Plays a composition from now on, on the same track. Resolves to the errors of single layers: those layers continue
   * as they were before. Rejects if nothing of the composition can be played: the composition before continues. While
   * the browser wants a user gesture it resolves at once, and later errors go to the listener.
   */
  play(composition: C): Promise<readonly LayerError[]>;
  setHold(hold: Hold): void;
  /** Shows the last frame once more, for a viewer who has just arrived. */
  repeatFrame(): void;
  getCounts(): Promise<Counts>;
  /** Ends the track for good and frees everything. */
  close(): void;
}

/** An error of one layer of a composition. */
export interface LayerError {
  /** The layer's id. */
  readonly id: number;
  readonly error: Error;
}

/** Receives the events of a playback: a plain object of functions. */
export interface PlaybackListener {
  /** The track was given its first frame or block. */
  started(): void;
  /** A layer broke while it played; the other layers continue. */
  failed(failure: LayerError): void;
  /** The track ended, and not by the playback's `close()`. */
  ended(): void;
  suspendChanged(suspended: boolean): void;
  /** Something is probably not as the page intends. */
  warned?(error: Error): void;
}
