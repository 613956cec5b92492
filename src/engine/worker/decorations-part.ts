/* A part of the worker: what every pattern can have on it, and how it can be mirrored and scrolled. */
import { decorate } from '../../signals/video/decorations.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  scope.dress = decorate;
}
