/* A part of the worker that measures: it reads the marks of audio, and compares their times with those of pictures. */
import { AudioMeasurement } from '../audio-measurement.js';
import { SyncMeasurement } from '../sync-measurement.js';
import type { ProbeScope } from './probe-scope.js';

export function install(scope: ProbeScope): void {
  scope.audio = {
    measure: (start, rate) => new AudioMeasurement(start, rate),
    compare: () => new SyncMeasurement(),
  };
}
