import { canReadShownPictures, handsOverTracks, has, hasNative } from '../../generator/features.js';
import { valueError } from '../../signals/checks.js';
import type { TrackKind } from '../../signals/track-kind.js';
import { ElementSource } from './element-source.js';
import { NativeSource } from './native-source.js';
import {
  type ProcessorBackend,
  processorBackendNames,
  type TrackSource,
  type TrackSourceInit,
} from './track-source.js';
import { WorkerSource } from './worker-source.js';
import { WorkletSource } from './worklet-source.js';

/**
 * Reads a track by a backend, or by the best one that the browser has.
 *
 * @throws {TypeError} for an unknown backend.
 * @throws {DOMException} `NotSupportedError` for a backend that this browser lacks.
 */
export function openSource(init: TrackSourceInit, asked?: ProcessorBackend): TrackSource {
  const kind = init.track.kind as TrackKind;
  const names: readonly ProcessorBackend[] = processorBackendNames[kind];
  if (asked !== undefined && !names.includes(asked)) {
    throw valueError('backend', asked, `one of ${names.join(', ')} for ${kind}`, TypeError);
  }
  const name = names.find((each) => (!asked || asked === each) && backends[each].isSupported());
  if (name) return backends[name].open(init);
  throw new DOMException(`This browser reads no ${kind} tracks${asked ? ` by ${asked}` : ''}.`, 'NotSupportedError');
}

interface BackendRecord {
  readonly isSupported: () => boolean;
  readonly open: (init: TrackSourceInit) => TrackSource;
}

const backends: Record<ProcessorBackend, BackendRecord> = {
  native: { isSupported: () => hasNative('MediaStreamTrackProcessor'), open: (init) => new NativeSource(init) },
  worker: { isSupported: handsOverTracks, open: (init) => new WorkerSource(init) },
  element: {
    isSupported: canReadShownPictures,
    open: (init) => new ElementSource(init),
  },
  worklet: { isSupported: () => has('AudioWorkletNode'), open: (init) => new WorkletSource(init) },
};
