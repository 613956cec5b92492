/* A part of the worker: pictures as RGB, for browsers without `VideoFrame`. */
import { hasNative } from '../../generator/features.js';
import { RgbFrame } from '../../generator/rgb-frame.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  // A page may replace its own by a polyfill, while this worker, in which there is none, plays.
  if (!hasNative('VideoFrame')) scope.useFrameClass(RgbFrame as unknown as typeof VideoFrame);
}
