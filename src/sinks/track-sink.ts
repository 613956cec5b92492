import { createContext } from '@lit/context';

/** Whatever takes tracks from sources. It never stops a track that it was given. */
export interface TrackSink {
  /** Takes a track of a source. A change of track is `removeTrack(old)` and `addTrack(new, source)` in one task. */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void;
  removeTrack(track: MediaStreamTrack): void;
}

/** How a source that stands inside a sink element finds it. The key is the same for every copy of the library on a page. */
export const sinkContext = createContext<TrackSink, symbol>(Symbol.for('track-elements/sink'));

export function isSink(value: unknown): value is TrackSink {
  const { addTrack, removeTrack } = (value ?? {}) as Partial<TrackSink>;
  return typeof addTrack === 'function' && typeof removeTrack === 'function';
}
