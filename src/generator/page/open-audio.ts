import type { AudioFormat } from '../audio-format.js';
import { autoplayPolicy, capturesMediaSources } from '../features.js';
import { type Backend, type BackendRecord, findBackend } from './backend.js';
import { configurationNow } from './configuration.js';
import { audioBackends, openAudio } from './open-output.js';
import type { AudioOutput } from './output.js';

/**
 * Opens an audio track by a backend, or by the best one that the browser has, also by one that takes a moment.
 *
 * @throws as {@link findBackend}.
 */
export const openAudioSoon = (
  format: AudioFormat,
  backend = configurationNow().backends?.audio,
): AudioOutput | Promise<AudioOutput> => findBackend('audio', backends, backend, backend).open(format);

type Open = (format: AudioFormat) => AudioOutput | Promise<AudioOutput>;

const element: BackendRecord<Open, [asked: Backend | undefined]> = {
  name: 'element',
  needs: 'mozCaptureStream() and FLAC in a MediaSource',
  isSupported: (asked) => (asked === 'element' || isContextBlocked()) && capturesMediaSources(),
  open: async (format) => {
    try {
      return await (await import('./element-audio-output.js')).ElementAudioOutput.open(format);
    } catch {
      // For example a policy without `media-src blob:`.
      return openAudio(format, 'worklet');
    }
  },
};

/** Best first. */
const backends: readonly (typeof element)[] = [...audioBackends.slice(0, -1), element, ...audioBackends.slice(-1)];

/** Whether an `AudioContext` waits for a user gesture, and a muted media element plays. */
const isContextBlocked = (): boolean =>
  autoplayPolicy('audiocontext') === 'disallowed' && autoplayPolicy('mediaelement') !== 'disallowed';
