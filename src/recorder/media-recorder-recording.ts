import { has } from '../generator/features.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { Recording, RecordingListener, RecordingOptions } from './recording.js';
import { RecordingClock } from './recording-clock.js';
import { FileStorage, MemoryStorage, type RecordingStorage } from './recording-storage.js';
import { unsupportedType } from './recording-type.js';

/** A recording by the browser's `MediaRecorder`: where there are no encoders for scripts. It has the tracks of its start. */
export class MediaRecorderRecording implements Recording {
  readonly #recorder: MediaRecorder;
  readonly #clock = new RecordingClock();
  readonly #storage: RecordingStorage;
  readonly #listener: RecordingListener;
  /** Writes run one after the other. */
  #pendingWrites: Promise<unknown> = Promise.resolve();
  #error: Error | null = null;

  /** @throws {DOMException} `NotSupportedError` if the browser cannot record, or not this type. */
  static async start(
    tracks: readonly MediaStreamTrack[],
    options: RecordingOptions,
    listener: RecordingListener,
  ): Promise<MediaRecorderRecording> {
    const mimeType = chooseType(options.type, tracks);
    const storage = options.file ? await FileStorage.open(options.file) : new MemoryStorage();
    return new MediaRecorderRecording(tracks, { ...options, type: mimeType }, storage, listener);
  }

  private constructor(
    tracks: readonly MediaStreamTrack[],
    { type, videoBitrate, audioBitrate, timeslice }: RecordingOptions,
    storage: RecordingStorage,
    listener: RecordingListener,
  ) {
    this.#storage = storage;
    this.#listener = listener;
    this.#recorder = new MediaRecorder(new MediaStream([...tracks]), {
      mimeType: type,
      ...(videoBitrate && { videoBitsPerSecond: videoBitrate }),
      ...(audioBitrate && { audioBitsPerSecond: audioBitrate }),
    });
    this.#recorder.ondataavailable = ({ data }) => this.#addPiece(data);
    this.#recorder.onstart = () => this.#clock.start();
    this.#recorder.onstop = () => void this.#complete();
    this.#recorder.onerror = (event) => this.#fail((event as Event & { error?: Error }).error);
    this.#recorder.start(timeslice);
  }

  get duration(): number {
    return this.#clock.seconds;
  }

  get type(): string {
    return this.#recorder.mimeType;
  }

  get size(): number {
    return this.#storage.size;
  }

  get paused(): boolean {
    return this.#recorder.state === 'paused';
  }

  set paused(paused: boolean) {
    if (this.#recorder.state === 'inactive' || paused === this.paused) return;
    if (paused) {
      this.#recorder.pause();
      this.#clock.pause();
    } else {
      this.#recorder.resume();
      this.#clock.resume();
    }
  }

  setTrack(_kind: TrackKind, _track: MediaStreamTrack | null): boolean {
    return false;
  }

  stop(): void {
    this.#clock.end();
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  /** After a piece that could not be written there are no more: the file would have a hole. */
  #addPiece(piece: Blob): void {
    this.#pendingWrites = this.#pendingWrites.then(async () => {
      const bytes = new Uint8Array(await piece.arrayBuffer());
      if (bytes.length > 0) await this.#storage.write(bytes, this.#storage.size);
      await this.#storage.commit();
      this.#listener.progressed(this.#clock.seconds);
    });
    this.#pendingWrites.catch((error) => this.#fail(error));
  }

  /** Hands over the recording, after a failure together with the error. */
  async #complete(): Promise<void> {
    // It also stops by itself, when its tracks have ended.
    this.#clock.end();
    await this.#pendingWrites.catch(() => {});
    let blob: Blob | null = null;
    try {
      // Somebody may have removed the file.
      const content = await this.#storage.read();
      if (content.size === 0) {
        throw new DOMException('The MediaRecorder of this browser delivered 0 bytes.', 'EncodingError');
      }
      blob = content instanceof File ? content : new Blob([content], { type: this.type });
    } catch (error) {
      this.#error ??= error as Error;
    }
    if (this.#error) this.#listener.failed(this.#error, blob);
    else if (blob) this.#listener.ended(blob);
  }

  /** Ends the recording with an error. The recorder delivers its last piece, and then stops. */
  #fail(error: Error | undefined): void {
    this.#error ??= error ?? new DOMException('The browser stopped recording without giving a reason.', 'UnknownError');
    this.stop();
  }
}

/**
 * The usual types, best first. In Firefox a type with a codec only works if there is a track for each codec, so there is a
 * list for each combination of kinds.
 */
const typesByContent = {
  video: ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'],
  'video and audio': ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
  audio: ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/webm', 'audio/mp4'],
};

/** `type`, or the best of the usual types if it is empty; an empty string leaves the choice to the browser. */
function chooseType(type: string, tracks: readonly MediaStreamTrack[]): string {
  if (!has('MediaRecorder')) {
    throw new DOMException('This browser has neither encoders for scripts nor a MediaRecorder.', 'NotSupportedError');
  }
  const kinds = (['video', 'audio'] as const).filter((kind) => tracks.some((track) => track.kind === kind));
  const content = kinds.length === 2 ? 'video and audio' : (kinds[0] ?? 'audio');
  const supported = typesByContent[content].filter((candidate) => MediaRecorder.isTypeSupported(candidate));
  if (!type) return supported[0] ?? '';
  if (MediaRecorder.isTypeSupported(type)) return type;
  throw unsupportedType(type, supported);
}
