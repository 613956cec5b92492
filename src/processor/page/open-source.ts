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
  const possible = names.filter((each) => !asked || asked === each);
  const name = possible.find((each) => backends[each].isSupported());
  if (name) return backends[name].open(init);
  const needs = possible.map((each) => `${each} needs ${backends[each].needs}`).join(', ');
  throw new DOMException(`Cannot read ${kind} tracks: ${needs}.`, 'NotSupportedError');
}

interface BackendRecord {
  /** The feature that it needs. */
  readonly needs: string;
  readonly isSupported: () => boolean;
  readonly open: (init: TrackSourceInit) => TrackSource;
}

const backends: Record<ProcessorBackend, BackendRecord> = {
  native: {
    needs: 'MediaStreamTrackProcessor',
    isSupported: () => hasNative('MediaStreamTrackProcessor'),
    open: (init) => new NativeSource(init),
  },
  worker: {
    needs: 'tracks that are handed over to a worker',
    isSupported: handsOverTracks,
    open: (init) => new WorkerSource(init),
  },
  element: {
    needs: 'VideoFrame and requestVideoFrameCallback',
    isSupported: canReadShownPictures,
    open: (init) => new ElementSource(init),
  },
  worklet: {
    needs: 'AudioWorklet on https',
    isSupported: () => has('AudioWorkletNode'),
    open: (init) => new WorkletSource(init),
  },
};
