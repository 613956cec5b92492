/* A part of the worker: everything that can be added to any pattern, such as labels, time codes and mirroring. */
import { decorate } from '../../signals/video/decorations.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  scope.decorate = decorate;
}
