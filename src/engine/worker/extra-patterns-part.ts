/* A part of the worker: all patterns except the core patterns, and the aliases of patterns. */
import { extraPatterns } from '../../signals/video/extra-patterns.js';
import { patternAliases } from '../../signals/video/pattern-aliases.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  scope.tables.video.push(...extraPatterns, ...patternAliases);
  scope.hasExtraPatterns = true;
}
