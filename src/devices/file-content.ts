import type { AudioComposition, Composition, VideoComposition } from '../engine/composition.js';
import { namedFile } from '../media-files/file-name.js';
import { FileInput } from '../media-files/page/file-input.js';
import { valueError } from '../signals/checks.js';
import { parseRate } from '../signals/rate.js';
import type { TrackKind } from '../signals/track-kind.js';
import { audioFormat, type DeviceContent, videoFormat } from './device-content.js';
import type { TrackFormat } from './device-format.js';

/** A media file as content: its pictures, scaled to each track and cropped where the shapes differ; or its audio. */
export interface ShownFile {
  /** A URL, a `Blob` or a `File`: MP4, MOV, WebM, Matroska, WAVE, MP3, Ogg, FLAC, ADTS or MPEG-TS. */
  readonly file: string | URL | Blob;
  /** Whether it is repeated after its end. If not, the last picture stays, or there is silence. Default: yes. */
  readonly loop?: boolean;
}

/** A file that plays from now on, in all tracks of a device at once. */
export class FileContent implements DeviceContent {
  readonly #file: FileInput;

  /**
   * @throws {TypeError} for anything but a URL or a `Blob`.
   * @throws {DOMException} `NetworkError` for a file that does not load; `EncodingError` for one that is no media file, or has no
   * track of the kind; `NotSupportedError` for a codec that this browser does not decode.
   */
  static async open(shown: ShownFile, kind: TrackKind, failed: (error: Error) => void): Promise<FileContent> {
    const { file: given, loop = true } = shown;
    const nothing = () => {};
    const listener = {
      playing: nothing,
      ended: nothing,
      resized: nothing,
      failed: (_: unknown, error: Error) => failed(error),
    };
    const request = { ...locationOf(given), kind };
    const file = await FileInput.open(request, [], listener, new AbortController().signal);
    file.loop = loop;
    void file.play({ position: 0, frameRate: file.frameRate ?? parseRate(30), kinds: [kind] });
    return new FileContent(file);
  }

  private constructor(file: FileInput) {
    this.#file = file;
  }

  /** @throws {TypeError} for the format of the other kind. */
  compose(format: TrackFormat): Composition {
    return this.#file.kinds.includes('audio') ? this.#composeAudio(format) : this.#composeVideo(format);
  }

  close(): void {
    this.#file.close();
  }

  #composeAudio(format: TrackFormat): AudioComposition {
    const { sampleRate, channels } = audioFormat(format);
    const signal = { kind: 'audio', input: this.#file.id('audio') } as const;
    return { sampleRate, channels, layers: [{ id: FILE_LAYER, signal, gain: 1, pan: 0 }] };
  }

  #composeVideo(format: TrackFormat): VideoComposition {
    const { width, height, frameRate: rate } = videoFormat(format);
    const frameRate = parseRate(rate);
    const signal = { kind: 'video', input: this.#file.id('video'), width, height, fit: 'cover', frameRate } as const;
    return { width, height, frameRate, layers: [{ id: FILE_LAYER, signal, x: 0, y: 0, opacity: 1 }] };
  }
}

/** No layer of an element has this id. */
const FILE_LAYER = 0;

function locationOf(file: unknown): { readonly location: string | Blob; readonly name: string } {
  // Not by instanceof: an object of another document has another class.
  const tag = Object.prototype.toString.call(file);
  if (tag === '[object Blob]' || tag === '[object File]') {
    return { location: file as Blob, name: namedFile('file', file as Partial<File>) };
  }
  if (typeof file === 'string' || tag === '[object URL]') {
    return {
      location: new URL(file as string, document.baseURI).href,
      name: `file is ${JSON.stringify(String(file))}`,
    };
  }
  throw valueError('file', file, 'a URL, a Blob or a File', TypeError);
}
