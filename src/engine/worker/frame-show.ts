import type { Counts } from '../../generator/counts.js';
import type { Timeline } from '../../generator/timeline.js';
import type { Scene } from './scene.js';

/** Shows the frames of a track that are due. */
export interface FrameShow {
  show(scene: ShownScene, timeline: FrameClock, n: number): void;
}

/** A scene as a player shows it. */
export interface ShownScene extends Pick<Scene, 'picture' | 'layers' | 'render'> {}

/** The times of frames. */
export interface FrameClock extends Pick<Timeline, 'due' | 'timestamp' | 'rate'> {}

/** A player of video, as faults see it. */
export interface FaultablePlayer extends FrameShow {
  readonly counts: Counts;
  /** Tells the page that a fault has muted the track, or no longer does. */
  tellMuted(muted: boolean): void;
  /** Ends the track. */
  close(): void;
}
