import type { Scheduler } from '../generator/scheduler.js';
import type { SignalTables } from './signal-tables.js';

/** What the worker's parts share, however late they are loaded. */
export interface WorkerScope {
  readonly scheduler: Scheduler;
  readonly tables: SignalTables;
  /** Whether all patterns are there, and not just the first. */
  morePatterns: boolean;
  /** What each message from the page starts. */
  readonly openers: { [type: string]: (message: never) => unknown };
}
