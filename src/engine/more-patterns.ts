/* A part of the worker: all patterns but the first. */
import { morePatterns } from '../signals/video/more-patterns.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  scope.tables.video.push(...morePatterns);
  scope.morePatterns = true;
}
