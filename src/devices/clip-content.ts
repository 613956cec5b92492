import type { AudioComposition } from '../engine/composition.js';
import { SampleClipInput } from '../engine/page/sample-clip-input.js';
import { defer } from '../generator/deferred.js';
import { valueError } from '../signals/checks.js';
import { audioFormat, type DeviceContent } from './device-content.js';
import type { TrackFormat } from './device-format.js';

/** A file of audio that the browser decodes, such as WAVE or MP3: its bytes, or its URL. */
export type AudioClip = ArrayBuffer | Blob | URL | string;

/** A clip as the content of a microphone: silent until `play()`, and afterwards. */
export class ClipContent implements DeviceContent {
  readonly #input: SampleClipInput;
  readonly #release: () => void;
  readonly #duration: number;
  readonly #closed = defer<never>();

  /**
   * @throws {TypeError} for anything but a clip.
   * @throws {DOMException} `NetworkError` for a URL that does not load; `EncodingError` for a file that the browser cannot decode.
   */
  static async open(clip: AudioClip): Promise<ClipContent> {
    const bytes = await bytesOf(clip);
    return new ClipContent(
      await decode(bytes).catch(() => {
        const named = typeof clip === 'object' && 'name' in clip ? clip.name : clip;
        const { message } = valueError('clip', named, 'audio that this browser decodes, such as WAVE or MP3');
        throw new DOMException(message, 'EncodingError');
      }),
    );
  }

  private constructor(buffer: AudioBuffer) {
    const { numberOfChannels, sampleRate, duration } = buffer;
    const planes = Array.from({ length: numberOfChannels }, (_, channel) => buffer.getChannelData(channel));
    this.#duration = duration;
    this.#input = new SampleClipInput({ planes, sampleRate });
    this.#release = this.#input.add({});
    this.#closed.promise.catch(() => {});
  }

  compose(format: TrackFormat): AudioComposition {
    const { sampleRate, channels } = audioFormat(format);
    const layer = { id: LAYER, signal: { kind: 'audio', input: this.#input.id }, gain: 1, pan: 0 } as const;
    return { sampleRate, channels, layers: [layer] };
  }

  /**
   * Plays the clip from its beginning. Resolves when it has been played: its time passes even if no track of the microphone is open, or
   * the browser keeps them silent. Rejects with an `AbortError` if the content is closed before.
   */
  async play(): Promise<void> {
    this.#input.begin();
    const played = new Promise((resolve) => setTimeout(resolve, this.#duration * 1000 + LONGEST_DELAY_MS));
    await Promise.race([this.#closed.promise, played]);
  }

  close(): void {
    this.#release();
    this.#closed.reject(new DOMException('The microphone plays something else, or was removed.', 'AbortError'));
  }
}

/** The id of the one layer. */
const LAYER = 1;

/** The tracks of a microphone are behind the page's timeline by this, at most. */
const LONGEST_DELAY_MS = 200;

/** The rate to which clips are decoded. A microphone interpolates it to that of each of its tracks. */
const CLIP_RATE_HZ = 48_000;

const decode = (bytes: ArrayBuffer): Promise<AudioBuffer> =>
  new OfflineAudioContext(1, 1, CLIP_RATE_HZ).decodeAudioData(bytes);

async function bytesOf(clip: AudioClip): Promise<ArrayBuffer> {
  // Not by instanceof: an object of another document has another class. The decoder takes the bytes that it is given.
  const tag = Object.prototype.toString.call(clip);
  if (tag === '[object ArrayBuffer]') return (clip as ArrayBuffer).slice(0);
  if (tag === '[object Blob]' || tag === '[object File]') return (clip as Blob).arrayBuffer();
  if (typeof clip !== 'string' && tag !== '[object URL]') {
    throw valueError('clip', clip, 'a URL, a Blob or an ArrayBuffer', TypeError);
  }
  const url = new URL(clip as string | URL, document.baseURI);
  const load = async () => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return response.arrayBuffer();
  };
  return load().catch(({ message }: Error) => {
    throw new DOMException(`The clip ${url} did not load: ${message}.`, 'NetworkError');
  });
}
