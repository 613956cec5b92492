/* A part of the worker: all patterns but the first, and the names that other programs have for them. */

import { extraPatterns } from '../../signals/video/extra-patterns.js';
import { patternAliases } from '../../signals/video/pattern-aliases.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  scope.tables.video.push(...extraPatterns, ...patternAliases);
  scope.extraPatterns = true;
}
