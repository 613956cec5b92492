import type { PropertyValues } from '@lit/reactive-element';
import type { SourceInputListener } from '../engine/page/captured-input.js';
import { isSameKey, type SourceInput } from '../engine/page/input-playback.js';
import { type Deferred, defer } from '../generator/deferred.js';
import { namedFile } from '../media-files/file-name.js';
import type { FileRequest } from '../media-files/messages.js';
import type { FileInput } from '../media-files/page/file-input.js';
import { checkOneOf } from '../signals/check-names.js';
import { checkNumber, valueError } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import { withAudioProperties } from './audio-properties.js';
import { boolean, isUnset, number, object, oneOf, text } from './converters.js';
import { InputSourceElement } from './input-source-element.js';
import { property } from './property.js';

/**
 * A media file as live tracks: MP4, MOV, WebM, Matroska, WAVE, MP3, Ogg, FLAC, ADTS or MPEG-TS. A worker reads and decodes it.
 * A file with pictures and audio has a track of each, which stay together.
 *
 * ```html
 * <file-source src="film.mp4" loop for="screen"></file-source>
 * ```
 *
 * @summary A media file as live tracks of video and audio.
 * @tag file-source
 * @event {Event} ended - Everything has been played, and `loop` is not set. The tracks stay live, with the last picture and
 *   silence.
 */
export class FileSourceElement extends withAudioProperties(InputSourceElement) {
  /** The URL of the file. */
  @property({ type: text, reflect: true, configures: true })
  src = '';

  /** The file itself, instead of the one that `src` names: a `Blob` or a `File`. */
  @property({ type: object<Blob | null>(), attribute: false, configures: true })
  srcObject: Blob | null = null;

  /** Plays only this kind of track: `video` or `audio`. With `null`, all kinds that the file has. */
  @property({ type: oneOf<TrackKind | null>(), reflect: true, configures: true })
  override kind: TrackKind | null = null;

  /** Begins again after the end, without a gap. */
  @property({ type: boolean, reflect: true })
  loop = false;

  /**
   * Pauses the file at the current position: the picture stays, and the audio is silent. `play()` and `pause()` set this
   * property.
   */
  @property({ type: boolean, reflect: true })
  override paused = false;

  /** @internal */
  readonly pausesItself = true;

  /** Where the next file that is opened begins. */
  #startPosition = 0;
  /** The kinds of the file that are shown. */
  #shownKinds: readonly TrackKind[] = [];
  /** The wait of `play()`, until the file plays. */
  #playing: Deferred<void> | null = null;
  /** The file that could not be opened, by its key, and why. */
  #failure: { readonly key: readonly unknown[]; readonly error: Error } | null = null;

  constructor() {
    super();
    // Lit takes over only declared properties: a value that was set before the tag was registered would hide the accessor.
    const early = Object.getOwnPropertyDescriptor(this, 'currentTime');
    if (!early) return;
    Reflect.deleteProperty(this, 'currentTime');
    try {
      this.currentTime = early.value;
    } catch (error) {
      queueMicrotask(() => this.states.reportError(error as Error));
    }
  }

  /** The position in seconds. Set it to move to another position, also while the file is paused. */
  get currentTime(): number {
    return this.#file?.currentTime ?? this.#startPosition;
  }

  /** @throws {RangeError} for anything but a number of seconds. `undefined`, `null` and `''` mean 0. */
  set currentTime(seconds: number) {
    const position = isUnset(seconds) ? 0 : number.read(seconds);
    checkNumber('currentTime', position, { min: 0, unit: 's' });
    if (this.#file) this.#moveTo(this.#file, position);
    else this.#startPosition = position;
  }

  /** The length of the file in seconds; `NaN` until it is known. */
  get duration(): number {
    return this.#file?.duration ?? Number.NaN;
  }

  /** Whether everything has been played. */
  get ended(): boolean {
    return this.#file?.ended ?? false;
  }

  /**
   * Plays from the current position, or from the beginning if the file has ended. Starts the source if it is not running.
   * Resolves when the file plays. Rejects with the error if the file cannot be played, and with an `AbortError` if it is paused
   * or stopped before.
   */
  play(): Promise<void> {
    this.#playing ??= handledPromise();
    const { promise } = this.#playing;
    const file = this.#file;
    const wasPaused = this.paused;
    this.paused = false;
    // Otherwise the change of the property makes it play.
    if (file && !wasPaused && file.isPlaying) this.#settle();
    else if (file && !wasPaused) this.#moveTo(file, file.ended ? 0 : file.currentTime);
    else if (!file) this.#settleFailed();
    this.start().catch((error) => this.#settle(error));
    return promise;
  }

  /** Pauses the file at the current position. */
  pause(): void {
    this.paused = true;
    this.#settle(new DOMException('The file was paused.', 'AbortError'));
  }

  override stop(): void {
    super.stop();
    this.#settle(new DOMException('The source was stopped.', 'AbortError'));
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const file = this.#file;
    // This includes a file that is about to be replaced.
    const shown = this.shownInput as FileInput | null;
    if (this.paused && shown?.isPlaying) shown.pause();
    if (!file) return;
    if (changed.has('loop')) file.loop = this.loop;
    if (changed.has('paused') && !this.paused && !file.isPlaying) this.#moveTo(file, file.ended ? 0 : file.currentTime);
  }

  protected override captureKey(): readonly unknown[] {
    return [this.src, this.srcObject, this.kind];
  }

  protected override async capture(signal: AbortSignal, listener: SourceInputListener): Promise<SourceInput> {
    const key = this.captureKey();
    this.#failure = null;
    try {
      const request = this.#request();
      const { FileInput } = await import('../media-files/page/file-input.js');
      return await FileInput.open(
        request,
        key,
        {
          playing: (file) => {
            if (file === this.#file) this.#settle();
          },
          ended: (file) => {
            if (file === this.#file) this.dispatchEvent(new Event('ended'));
          },
          resized: listener.resized,
          failed: (file, error) => {
            listener.failed(file, error);
            this.#settle(error);
          },
        },
        signal,
      );
    } catch (error) {
      if (!signal.aborted) {
        this.#failure = { key, error: error as Error };
        this.#settle(error as Error);
      }
      throw error;
    }
  }

  protected override inputShown(input: SourceInput, kinds: readonly TrackKind[]): void {
    const file = input as FileInput;
    // The position belongs to the file that was set last. By now, that may be another file than this one.
    const isLast = file === this.#file;
    const position = isLast ? this.#startPosition : 0;
    if (isLast) this.#startPosition = 0;
    this.#shownKinds = kinds;
    file.loop = this.loop;
    this.#moveTo(file, position);
  }

  /** The file that is open; `null` until then, also while the one before still plays. */
  get #file(): FileInput | null {
    const file = this.shownInput as FileInput | null;
    return file?.hasKey(this.captureKey()) ? file : null;
  }

  /** @throws {TypeError} for a kind that does not exist, or without a file. */
  #request(): FileRequest {
    const { src, srcObject, kind } = this;
    if (kind !== null) checkOneOf('kind', ['video', 'audio'], kind);
    // Not by instanceof: a file of another document has another class.
    const isFile = typeof (srcObject as Partial<Blob> | null)?.arrayBuffer === 'function';
    if (srcObject !== null && !isFile) throw valueError('srcObject', srcObject, 'a Blob or a File', TypeError);
    if (srcObject) return { location: srcObject, name: namedFile('srcObject', srcObject), kind };
    const accepted = 'the URL of a media file; or set srcObject to a Blob';
    if (!src) throw valueError('src', src, accepted, TypeError);
    try {
      return { location: new URL(src, this.baseURI).href, name: `src is ${JSON.stringify(src)}`, kind };
    } catch {
      throw valueError('src', src, accepted, TypeError);
    }
  }

  /** Plays from a position on; or shows it, while paused. */
  #moveTo(file: FileInput, position: number): void {
    if (this.paused) file.show(position);
    else void file.play({ position, frameRate: this.rateFor(file), kinds: this.#shownKinds });
  }

  /** Ends the wait of `play()` for a file that could not be opened, where nothing opens it again: a running track, or a layer. */
  #settleFailed(): void {
    const isOpenedOnce = this.shownInput !== null || this.layer.isLayer;
    if (this.#failure && isOpenedOnce && isSameKey(this.#failure.key, this.captureKey()))
      this.#settle(this.#failure.error);
  }

  /** Ends the wait of `play()`. */
  #settle(error?: Error): void {
    if (error) this.#playing?.reject(error);
    else this.#playing?.resolve();
    this.#playing = null;
  }
}

/** A promise whose rejection need not be handled. */
function handledPromise(): Deferred<void> {
  const deferred = defer<void>();
  deferred.promise.catch(() => {});
  return deferred;
}

declare global {
  interface HTMLElementTagNameMap {
    'file-source': FileSourceElement;
  }
}
