import type { TrackKind } from '../../signals/track-kind.js';
import type { AudioFormat } from '../audio-format.js';
import { type Backend, checkBackend, hasNative } from './backend.js';
import { CanvasVideoOutput } from './canvas-video-output.js';
import { freezeConfiguration } from './configuration.js';
import { NativeAudioOutput } from './native-audio-output.js';
import { NativeVideoOutput } from './native-video-output.js';
import type { AudioOutput, PageVideoOutput } from './output.js';
import { WorkletAudioOutput } from './worklet-audio-output.js';

/** Opens a video track by a backend, or by the best one that the browser has. */
export const openVideo = (backend?: Backend): PageVideoOutput => findBackend('video', videoBackends, backend).open();

/** Opens an audio track by a backend, or by the best one that the browser has. */
export const openAudio = (format: AudioFormat, backend?: Backend): AudioOutput =>
  findBackend('audio', audioBackends, backend).open(format);

/** A backend that a page can open by itself, best first. The backend `worker` needs the engine. */
interface BackendRecord<Open> {
  readonly name: Backend;
  readonly isSupported: () => boolean;
  readonly open: Open;
}

const videoBackends: readonly BackendRecord<() => PageVideoOutput>[] = [
  { name: 'native', isSupported: hasNative, open: () => new NativeVideoOutput() },
  {
    name: 'canvas',
    isSupported: () => typeof HTMLCanvasElement === 'function',
    open: () => new CanvasVideoOutput(),
  },
];

const audioBackends: readonly BackendRecord<(format: AudioFormat) => AudioOutput>[] = [
  { name: 'native', isSupported: hasNative, open: () => new NativeAudioOutput() },
  {
    name: 'worklet',
    isSupported: () => typeof AudioWorkletNode === 'function',
    open: (format) => new WorkletAudioOutput(format),
  },
];

/**
 * @throws {TypeError} for an unknown backend.
 * @throws {DOMException} `NotSupportedError` for a backend that this browser lacks.
 */
function findBackend<Open>(
  kind: TrackKind,
  backends: readonly BackendRecord<Open>[],
  asked = freezeConfiguration().backends?.[kind],
): BackendRecord<Open> {
  checkBackend(kind, asked);
  // Only the engine can make tracks in a worker.
  const wanted = asked === 'worker' ? 'canvas' : asked;
  const found = backends.find(({ name, isSupported }) => (!wanted || wanted === name) && isSupported());
  if (found) return found;
  throw new DOMException(`This browser makes no ${kind} tracks${wanted ? ` by ${wanted}` : ''}.`, 'NotSupportedError');
}
