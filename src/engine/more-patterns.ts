/* A part of the worker: all patterns but the first, and the names that other programs have for them. */
import { patternAliases } from '../signals/video/aliases.js';
import { morePatterns } from '../signals/video/more-patterns.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  scope.tables.video.push(...morePatterns, ...patternAliases);
  scope.morePatterns = true;
}
