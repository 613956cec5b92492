import { checkNumber } from '../signals/checks.js';

/** How a recording is made. */
export interface RecordingOptions {
  /**
   * Container and codecs, such as `video/webm;codecs=vp9,opus`. Empty for the first of the usual types that the browser
   * supports.
   */
  readonly type: string;
  /** Bit rate of the video in bit/s, above 0; `undefined` for the browser's choice. */
  readonly videoBitrate?: number;
  /** Bit rate of the audio in bit/s, above 0; `undefined` for the browser's choice. */
  readonly audioBitrate?: number;
  /** Length in milliseconds, at least 100, of the pieces in which the browser delivers the recording. */
  readonly timeslice: number;
  /** The file that the recording is written to while it is made. By default it is kept in memory. */
  readonly file?: FileSystemFileHandle;
}

/** Receives the reports of a recording. */
export interface RecordingListener {
  /** Another piece was recorded. */
  progressed(): void;
  /** The recording is complete. If it was written to a file, the blob is that file. */
  ended(blob: Blob): void;
  failed(error: Error): void;
}

/** A recording of tracks, from start to stop. */
export class TrackRecording {
  readonly #recorder: MediaRecorder;
  readonly #options: RecordingOptions;
  readonly #listener: RecordingListener;
  readonly #pieces: Blob[] = [];
  readonly #stopwatch = new Stopwatch();
  #writable: FileSystemWritableFileStream | null = null;
  /** Writes to the file run one after the other. */
  #pendingWrites: Promise<unknown> = Promise.resolve();
  #size = 0;
  #hasFailed = false;

  /**
   * Starts a recording.
   *
   * @throws {DOMException} `NotSupportedError` if the browser cannot record, or not this type; `InvalidStateError` if there
   * are no tracks.
   * @throws {RangeError} for a bit rate or a timeslice outside its range.
   */
  static async start(
    tracks: readonly MediaStreamTrack[],
    options: RecordingOptions,
    listener: RecordingListener,
  ): Promise<TrackRecording> {
    if (tracks.length === 0) {
      throw new DOMException(
        'There is nothing to record: put a source inside the track-recorder, or name it in the `for` of a source.',
        'InvalidStateError',
      );
    }
    for (const name of ['videoBitrate', 'audioBitrate'] as const) {
      const bitrate = options[name];
      if (bitrate !== undefined) checkNumber(name, bitrate, { above: 0, unit: 'bit/s' });
    }
    checkNumber('timeslice', options.timeslice, { min: 100, unit: 'ms' });
    const recording = new TrackRecording(tracks, options, listener);
    recording.#writable = (await options.file?.createWritable()) ?? null;
    try {
      recording.#recorder.start(options.timeslice);
    } catch (error) {
      await recording.#writable?.abort();
      throw error;
    }
    recording.#stopwatch.run();
    return recording;
  }

  private constructor(tracks: readonly MediaStreamTrack[], options: RecordingOptions, listener: RecordingListener) {
    this.#options = options;
    this.#listener = listener;
    const { videoBitrate: videoBitsPerSecond, audioBitrate: audioBitsPerSecond } = options;
    this.#recorder = new MediaRecorder(new MediaStream([...tracks]), {
      mimeType: chooseRecordingType(options.type, tracks),
      ...(videoBitsPerSecond && { videoBitsPerSecond }),
      ...(audioBitsPerSecond && { audioBitsPerSecond }),
    });
    this.#recorder.ondataavailable = ({ data }) => this.#addPiece(data);
    // Completing can fail: somebody may have removed the file.
    this.#recorder.onstop = () => void this.#complete().catch((error) => this.#fail(error));
    this.#recorder.onerror = (event) => this.#fail((event as Event & { error?: Error }).error);
  }

  /** Container and codecs, as the browser names them. */
  get type(): string {
    return this.#recorder.mimeType;
  }

  /** Recorded time in seconds, without pauses. */
  get duration(): number {
    return this.#stopwatch.seconds;
  }

  /** Recorded bytes. */
  get size(): number {
    return this.#size;
  }

  get paused(): boolean {
    return this.#recorder.state === 'paused';
  }

  set paused(paused: boolean) {
    if (this.#recorder.state === 'inactive' || paused === this.paused) return;
    if (paused) {
      this.#recorder.pause();
      this.#stopwatch.halt();
    } else {
      this.#recorder.resume();
      this.#stopwatch.run();
    }
  }

  /** Completes the recording; the listener receives it. */
  stop(): void {
    this.#stopwatch.halt();
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  #addPiece(piece: Blob): void {
    this.#size += piece.size;
    if (this.#writable) {
      const writable = this.#writable;
      this.#pendingWrites = this.#pendingWrites.then(() => writable.write(piece)).catch((error) => this.#fail(error));
    } else if (piece.size > 0) {
      this.#pieces.push(piece);
    }
    this.#listener.progressed();
  }

  async #complete(): Promise<void> {
    this.#stopwatch.halt();
    await this.#pendingWrites;
    await this.#writable?.close().catch((error) => this.#fail(error));
    if (this.#hasFailed) return;
    this.#listener.ended((await this.#options.file?.getFile()) ?? new Blob(this.#pieces, { type: this.type }));
  }

  #fail(error: Error | undefined): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.stop();
    this.#listener.failed(
      error ?? new DOMException('The browser stopped recording without giving a reason.', 'UnknownError'),
    );
  }
}

/**
 * The usual types, best first. In Firefox a type with a codec only works if there is a track for each codec, so there is a
 * list for each combination of kinds.
 */
const usualTypes = {
  video: ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'],
  'video and audio': ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
  audio: ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/webm', 'audio/mp4'],
};

/**
 * The type of a recording of these tracks: `type`, or the best of the usual types if it is empty.
 *
 * @returns An empty string if the browser supports none of the usual types; then the browser chooses.
 * @throws {DOMException} `NotSupportedError` if the browser cannot record, or not this type.
 */
export function chooseRecordingType(type: string, tracks: readonly MediaStreamTrack[]): string {
  if (typeof MediaRecorder !== 'function') {
    throw new DOMException('This browser has no MediaRecorder, so nothing can be recorded.', 'NotSupportedError');
  }
  const kinds = (['video', 'audio'] as const).filter((kind) => tracks.some((track) => track.kind === kind));
  const content = kinds.length === 2 ? 'video and audio' : (kinds[0] ?? 'audio');
  const supportedTypes = usualTypes[content].filter((candidate) => MediaRecorder.isTypeSupported(candidate));
  if (!type) return supportedTypes[0] ?? '';
  if (MediaRecorder.isTypeSupported(type)) return type;
  const examples = supportedTypes.length > 0 ? `, for example ${supportedTypes.join(' or ')}` : '';
  throw new DOMException(
    `type is "${type}"; it must be a type that this browser can record${examples}.`,
    'NotSupportedError',
  );
}

/** The ending of a file of this type: `webm` for `video/webm;codecs=vp9`, and for an empty type. */
export function fileEndingOf(type: string): string {
  const [container = ''] = type.toLowerCase().split(';');
  return FILE_ENDINGS.get(container.trim()) ?? /\/([a-z\d]+)/i.exec(container)?.[1] ?? 'webm';
}

/** The endings that differ from the subtype. */
const FILE_ENDINGS: ReadonlyMap<string, string> = new Map([
  ['video/x-matroska', 'mkv'],
  ['video/matroska', 'mkv'],
  ['audio/x-matroska', 'mka'],
  ['audio/matroska', 'mka'],
  ['audio/mp4', 'm4a'],
  ['video/quicktime', 'mov'],
  ['audio/mpeg', 'mp3'],
  ['audio/x-wav', 'wav'],
]);

/** Measures time, except while it is halted. */
class Stopwatch {
  #secondsBefore = 0;
  #startTime: number | null = null;

  get seconds(): number {
    return this.#secondsBefore + (this.#startTime === null ? 0 : (performance.now() - this.#startTime) / 1000);
  }

  run(): void {
    this.#startTime ??= performance.now();
  }

  halt(): void {
    this.#secondsBefore = this.seconds;
    this.#startTime = null;
  }
}
