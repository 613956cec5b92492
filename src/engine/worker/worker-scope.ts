import type { Scheduler } from '../../generator/worker/scheduler.js';
import type { Decorate } from '../../signals/video/pattern.js';
import type { TrackFault } from '../composition.js';
import type { SignalTables } from '../signal-tables.js';
import type { FaultablePlayer, FrameShow } from './frame-show.js';
import type { PrepareInput } from './scene.js';

/** The state that all parts of the worker share. A part's `install(scope)` adds to it when the part is loaded. */
export interface WorkerScope {
  readonly scheduler: Scheduler;
  readonly tables: SignalTables;
  /** `null` until the part with decorations is loaded. */
  decorate: Decorate | null;
  /** `null` until the part with inputs is loaded. */
  prepareInput: PrepareInput | null;
  hasExtraPatterns: boolean;
  /** Gives the frames of a player faults. `undefined` until the part with faults is loaded. */
  addFaults?: (player: FaultablePlayer, faults?: readonly TrackFault[]) => FrameShow;
  /** Sets the class that replaces `VideoFrame`. */
  readonly useFrameClass: (Class: typeof VideoFrame) => void;
  /** The handlers of messages from the page, by their type. */
  readonly handlers: { [type: string]: (message: never) => void };
}
