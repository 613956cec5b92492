import type { AudioOutput } from './audio-output.js';
import { type Backend, checkBackend, hasNative } from './backend.js';
import { CanvasVideo } from './canvas-video.js';
import { useConfiguration } from './configuration.js';
import { NativeAudio } from './native-audio.js';
import { NativeVideo } from './native-video.js';
import type { SoundFormat } from './sound-format.js';
import type { VideoOutput } from './video-output.js';
import { WorkletAudio } from './worklet-audio.js';

interface Opener<T, Format> {
  supported(): boolean;
  open(format: Format): T;
}

/** The backends that a page can open by itself, best first; `worker` needs the engine. */
const video: Readonly<Partial<Record<Backend, Opener<VideoOutput, undefined>>>> = {
  native: { supported: hasNative, open: () => new NativeVideo() },
  canvas: { supported: () => typeof HTMLCanvasElement === 'function', open: () => new CanvasVideo() },
};

const audio: Readonly<Partial<Record<Backend, Opener<AudioOutput, SoundFormat>>>> = {
  native: { supported: hasNative, open: () => new NativeAudio() },
  worklet: {
    supported: () => typeof AudioWorkletNode === 'function',
    open: ({ sampleRate, channels }) => new WorkletAudio(sampleRate ?? 48000, channels ?? 2),
  },
};

/** @throws {TypeError} for a backend that does not exist. @throws {DOMException} `NotSupportedError` for one that this browser lacks. */
export const openVideo = (backend?: Backend): VideoOutput => choose('video', video, backend).open(undefined);

/** @throws {TypeError} for a backend that does not exist. @throws {DOMException} `NotSupportedError` for one that this browser lacks. */
export const openAudio = (format: SoundFormat, backend?: Backend): AudioOutput =>
  choose('audio', audio, backend).open(format);

function choose<T, Format>(
  kind: 'video' | 'audio',
  openers: Readonly<Partial<Record<Backend, Opener<T, Format>>>>,
  asked = useConfiguration().backends?.[kind],
): Opener<T, Format> {
  checkBackend(kind, asked);
  // What the engine alone can do is the canvas here.
  const wanted = asked === 'worker' ? 'canvas' : asked;
  for (const [name, opener] of Object.entries(openers)) {
    if ((!wanted || wanted === name) && opener.supported()) return opener;
  }
  throw new DOMException(`This browser makes no ${kind} tracks${wanted ? ` by ${wanted}` : ''}.`, 'NotSupportedError');
}
