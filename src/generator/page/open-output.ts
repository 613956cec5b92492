import type { AudioFormat } from '../audio-format.js';
import { has, hasNativeTracks } from '../features.js';
import { type BackendRecord, findBackend } from './backend.js';
import { CanvasVideoOutput } from './canvas-video-output.js';
import { configurationNow } from './configuration.js';
import { NativeAudioOutput } from './native-audio-output.js';
import { NativeVideoOutput } from './native-video-output.js';
import type { AudioOutput, PageVideoOutput } from './output.js';
import { WorkletAudioOutput } from './worklet-audio-output.js';

/**
 * Opens a video track by a backend, or by the best one that the browser has. A track of a worker is not there at once: only
 * sources have it.
 *
 * @throws as {@link findBackend}.
 */
export const openVideo = (backend = configurationNow().backends?.video): PageVideoOutput =>
  findBackend('video', videoBackends, backend === 'worker' ? 'canvas' : backend).open();

/**
 * Opens an audio track by a backend, or by the best one that the browser has. A track of a media element is not there at once:
 * only sources have it.
 *
 * @throws as {@link findBackend}.
 */
export const openAudio = (format: AudioFormat, backend = configurationNow().backends?.audio): AudioOutput =>
  findBackend('audio', audioBackends, backend === 'element' ? 'worklet' : backend).open(format);

/** The backends that a page can open by itself, best first. */
const videoBackends: readonly BackendRecord<() => PageVideoOutput>[] = [
  {
    name: 'native',
    needs: 'MediaStreamTrackGenerator',
    isSupported: () => hasNativeTracks('VideoFrame'),
    open: () => new NativeVideoOutput(),
  },
  {
    name: 'canvas',
    needs: 'createImageBitmap',
    isSupported: () => has('HTMLCanvasElement') && has('createImageBitmap'),
    open: () => new CanvasVideoOutput(),
  },
];

/** The backends whose tracks are there at once. Outputs of sources may take a moment: see open-audio.ts. */
export const audioBackends: readonly BackendRecord<(format: AudioFormat) => AudioOutput>[] = [
  {
    name: 'native',
    needs: 'MediaStreamTrackGenerator',
    isSupported: () => hasNativeTracks('AudioData'),
    open: () => new NativeAudioOutput(),
  },
  {
    name: 'worklet',
    needs: 'AudioWorklet on https',
    isSupported: () => has('AudioWorkletNode'),
    open: (format) => new WorkletAudioOutput(format),
  },
];
