import type { Scheduler } from '../../generator/worker/scheduler.js';
import type { Decorate } from '../../signals/video/pattern.js';
import type { SignalTables } from '../signal-tables.js';

/** What the worker's parts share, however late they are loaded. */
export interface WorkerScope {
  readonly scheduler: Scheduler;
  readonly tables: SignalTables;
  /** What dresses patterns, once it is there. */
  dress: Decorate | null;
  /** Whether all patterns are there, and not just the first. */
  extraPatterns: boolean;
  /** What each message from the page starts. */
  readonly openers: { [type: string]: (message: never) => unknown };
}
