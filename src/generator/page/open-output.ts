import type { AudioFormat } from '../audio-format.js';
import type { AudioOutput } from './audio-output.js';
import { type Backend, checkBackend, hasNative } from './backend.js';
import { CanvasVideoOutput } from './canvas-video-output.js';
import { freezeConfiguration } from './configuration.js';
import { NativeAudioOutput } from './native-audio-output.js';
import { NativeVideoOutput } from './native-video-output.js';
import type { VideoOutput } from './video-output.js';
import { WorkletAudioOutput } from './worklet-audio-output.js';

interface Opener<T, Format> {
  supported(): boolean;
  open(format: Format): T;
}

/** The backends that a page can open by itself, best first; `worker` needs the engine. */
const video: Readonly<Partial<Record<Backend, Opener<VideoOutput, undefined>>>> = {
  native: { supported: hasNative, open: () => new NativeVideoOutput() },
  canvas: { supported: () => typeof HTMLCanvasElement === 'function', open: () => new CanvasVideoOutput() },
};

const audio: Readonly<Partial<Record<Backend, Opener<AudioOutput, AudioFormat>>>> = {
  native: { supported: hasNative, open: () => new NativeAudioOutput() },
  worklet: {
    supported: () => typeof AudioWorkletNode === 'function',
    open: ({ sampleRate, channels }) => new WorkletAudioOutput(sampleRate ?? 48000, channels ?? 2),
  },
};

/** @throws {TypeError} for a backend that does not exist. @throws {DOMException} `NotSupportedError` for one that this browser lacks. */
export const openVideo = (backend?: Backend): VideoOutput => choose('video', video, backend).open(undefined);

/** @throws {TypeError} for a backend that does not exist. @throws {DOMException} `NotSupportedError` for one that this browser lacks. */
export const openAudio = (format: AudioFormat, backend?: Backend): AudioOutput =>
  choose('audio', audio, backend).open(format);

function choose<T, Format>(
  kind: 'video' | 'audio',
  openers: Readonly<Partial<Record<Backend, Opener<T, Format>>>>,
  asked = freezeConfiguration().backends?.[kind],
): Opener<T, Format> {
  checkBackend(kind, asked);
  // What the engine alone can do is the canvas here.
  const wanted = asked === 'worker' ? 'canvas' : asked;
  for (const [name, opener] of Object.entries(openers)) {
    if ((!wanted || wanted === name) && opener.supported()) return opener;
  }
  throw new DOMException(`This browser makes no ${kind} tracks${wanted ? ` by ${wanted}` : ''}.`, 'NotSupportedError');
}
