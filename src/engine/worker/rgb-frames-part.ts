/* A part of the worker: pictures as RGB, for browsers without `VideoFrame`. */
import { RgbFrame } from '../../generator/rgb-frame.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  scope.useFrameClass(RgbFrame as unknown as typeof VideoFrame);
}
