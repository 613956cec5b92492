import { createContext } from '@lit/context';

/** Takes tracks from sources. A sink never stops a track that it was given. */
export interface TrackSink {
  /**
   * Adds a track of a source. When a source exchanges its track, it calls `removeTrack()` with the old one and `addTrack()`
   * with the new one in the same task.
   */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void;
  /** Removes a track that was added. Any other track is ignored. */
  removeTrack(track: MediaStreamTrack): void;
}

/** The context by which a source finds the sink element around it. Its key is the same for every copy of the library. */
export const sinkContext = createContext<TrackSink, symbol>(Symbol.for('track-elements/sink'));

/** Whether a value has the methods of a sink. */
export function isSink(value: unknown): value is TrackSink {
  const { addTrack, removeTrack } = (value ?? {}) as Partial<TrackSink>;
  return typeof addTrack === 'function' && typeof removeTrack === 'function';
}
