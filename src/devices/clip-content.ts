import { type Composition, LONGEST_INPUT_DELAY_S } from '../engine/composition.js';
import { defer } from '../generator/deferred.js';
import { TrackGenerator } from '../generator/page/track-generator.js';
import { valueError } from '../signals/checks.js';
import type { DeviceContent } from './device-content.js';
import type { TrackFormat } from './device-format.js';
import { TrackContent } from './track-content.js';

/** A file of audio that the browser decodes, such as WAVE or MP3: its bytes, or its URL. */
export type AudioClip = ArrayBuffer | Blob | URL | string;

/** A clip as the content of a microphone: silent until `play()`, and afterwards. */
export class ClipContent implements DeviceContent {
  readonly #samples: AudioBuffer;
  readonly #generator: TrackGenerator;
  readonly #heard = defer<void>();
  readonly #closed = defer<never>();
  #track: TrackContent | null = null;

  /**
   * @throws {TypeError} for anything but a clip.
   * @throws {DOMException} `NetworkError` for a URL that does not load; `EncodingError` for a file that the browser cannot decode.
   */
  static async open(clip: AudioClip, failed: (error: Error) => void): Promise<ClipContent> {
    const content = new ClipContent(await decode(await bytesOf(clip)));
    try {
      content.#track = await TrackContent.open(content.#generator.track, {
        heard: () => content.#heard.resolve(),
        failed,
      });
      return content;
    } catch (error) {
      content.close();
      throw error;
    }
  }

  private constructor(samples: AudioBuffer) {
    const { sampleRate, numberOfChannels } = samples;
    this.#samples = samples;
    this.#generator = new TrackGenerator({ kind: 'audio', sampleRate, channels: numberOfChannels });
    this.#closed.promise.catch(() => {});
  }

  compose(format: TrackFormat): Composition {
    // The track is there from `open()` on.
    return (this.#track as TrackContent).compose(format);
  }

  /**
   * Plays the clip from its beginning. Resolves when it has been played. Rejects with an `AbortError` if the content is closed
   * before.
   *
   * @param unheard Resolves when no track of the microphone is open. Until then it waits for one that hears the beginning.
   */
  async play(unheard: Promise<void>): Promise<void> {
    const closed = this.#closed.promise;
    await Promise.race([closed, this.#heard.promise, unheard]);
    await Promise.race([closed, this.#generator.write(this.#samples)]);
    await Promise.race([closed, this.#generator.played()]);
    // The tracks of the microphone are a little behind.
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LONGEST_INPUT_DELAY_S * 1000))]);
  }

  close(): void {
    this.#track?.close();
    this.#generator.stop();
    this.#closed.reject(new DOMException('The microphone plays something else.', 'AbortError'));
  }
}

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
