import { checkValue } from '../signals/checks.js';

/** How a recording is made. */
export interface RecordingOptions {
  /** Container and codecs, such as `video/webm;codecs=vp9,opus`; empty for the best of the usual ones that the browser has. */
  readonly type: string;
  /** Bits a second; `undefined` for the browser's choice. */
  readonly videoBitrate?: number;
  readonly audioBitrate?: number;
  /** Milliseconds of each piece in which the recording comes: what a crash may cost. */
  readonly timeslice: number;
  /** Where it is written while it is made; in memory unless given. */
  readonly file?: FileSystemFileHandle;
}

/** Whom a recording tells what happens to it. */
export interface RecordingListener {
  progressed(): void;
  /** It is complete: what it holds, or what its file holds. */
  ended(blob: Blob): void;
  failed(error: Error): void;
}

/** Tracks on their way into a container, from start to stop. */
export class TrackRecording {
  readonly #recorder: MediaRecorder;
  readonly #options: RecordingOptions;
  readonly #listener: RecordingListener;
  readonly #pieces: Blob[] = [];
  readonly #clock = new StopWatch();
  #writable: FileSystemWritableFileStream | null = null;
  /** One write to the file after the other. */
  #writing: Promise<unknown> = Promise.resolve();
  #size = 0;
  #failed = false;

  /**
   * Starts at once.
   * @throws {DOMException} `NotSupportedError` for a type, or a browser, that does not record; `InvalidStateError` where there
   * is nothing to record. @throws {RangeError} for a bit rate or a timeslice that cannot be.
   */
  static async start(
    tracks: readonly MediaStreamTrack[],
    options: RecordingOptions,
    listener: RecordingListener,
  ): Promise<TrackRecording> {
    if (tracks.length === 0) {
      throw new DOMException(
        'There is nothing to record: put a source inside the track-recorder, or let one name it with `for`.',
        'InvalidStateError',
      );
    }
    for (const name of ['videoBitrate', 'audioBitrate'] as const) {
      const value = options[name];
      if (value !== undefined) checkValue(value > 0, name, value, 'above 0 bits a second');
    }
    checkValue(options.timeslice >= 100, 'timeslice', options.timeslice, 'at least 100 ms');
    const recording = new TrackRecording(tracks, options, listener);
    recording.#writable = (await options.file?.createWritable()) ?? null;
    try {
      recording.#recorder.start(options.timeslice);
    } catch (error) {
      await recording.#writable?.abort();
      throw error;
    }
    recording.#clock.run();
    return recording;
  }

  private constructor(tracks: readonly MediaStreamTrack[], options: RecordingOptions, listener: RecordingListener) {
    this.#options = options;
    this.#listener = listener;
    const { videoBitrate: videoBitsPerSecond, audioBitrate: audioBitsPerSecond } = options;
    this.#recorder = new MediaRecorder(new MediaStream([...tracks]), {
      mimeType: chooseType(options.type, tracks),
      ...(videoBitsPerSecond && { videoBitsPerSecond }),
      ...(audioBitsPerSecond && { audioBitsPerSecond }),
    });
    this.#recorder.ondataavailable = ({ data }) => this.#take(data);
    // The file may be gone by now.
    this.#recorder.onstop = () => void this.#finish().catch((error) => this.#fail(error));
    this.#recorder.onerror = (event) => this.#fail((event as Event & { error?: Error }).error);
  }

  /** Container and codecs, as the browser has it. */
  get type(): string {
    return this.#recorder.mimeType;
  }

  /** Seconds. */
  get duration(): number {
    return this.#clock.seconds;
  }

  /** Bytes. */
  get size(): number {
    return this.#size;
  }

  get paused(): boolean {
    return this.#recorder.state === 'paused';
  }

  set paused(paused: boolean) {
    if (this.#recorder.state === 'inactive' || paused === this.paused) return;
    if (paused) this.#recorder.pause();
    else this.#recorder.resume();
    if (paused) this.#clock.halt();
    else this.#clock.run();
  }

  /** Completes it; the listener gets what it holds. */
  stop(): void {
    this.#clock.halt();
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  #take(piece: Blob): void {
    this.#size += piece.size;
    if (this.#writable) {
      const writable = this.#writable;
      this.#writing = this.#writing.then(() => writable.write(piece)).catch((error) => this.#fail(error));
    } else if (piece.size > 0) {
      this.#pieces.push(piece);
    }
    this.#listener.progressed();
  }

  async #finish(): Promise<void> {
    this.#clock.halt();
    await this.#writing;
    await this.#writable?.close().catch((error) => this.#fail(error));
    if (this.#failed) return;
    this.#listener.ended((await this.#options.file?.getFile()) ?? new Blob(this.#pieces, { type: this.type }));
  }

  #fail(error: Error | undefined): void {
    if (this.#failed) return;
    this.#failed = true;
    this.stop();
    this.#listener.failed(
      error ?? new DOMException('The browser gave up recording, and does not say why.', 'UnknownError'),
    );
  }
}

/**
 * The usual containers and codecs, the best first. Firefox records nothing where a codec is findByName and its track is not
 * there.
 */
const usual = {
  pictures: ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'],
  'pictures and sound': ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
  sound: ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/webm', 'audio/mp4'],
};

function chooseType(asked: string, tracks: readonly MediaStreamTrack[]): string {
  if (typeof MediaRecorder !== 'function') {
    throw new DOMException('This browser has no MediaRecorder, so nothing can be recorded here.', 'NotSupportedError');
  }
  const has = (kind: string) => tracks.some((track) => track.kind === kind);
  const what = has('video') ? (has('audio') ? 'pictures and sound' : 'pictures') : 'sound';
  const known = usual[what].filter((type) => MediaRecorder.isTypeSupported(type));
  if (!asked) return known[0] ?? '';
  if (MediaRecorder.isTypeSupported(asked)) return asked;
  throw new DOMException(
    `This browser does not record "${asked}". Of ${what} it records, among others: ${known.join(', ')}.`,
    'NotSupportedError',
  );
}

/** Time that runs and is halted. */
class StopWatch {
  #before = 0;
  #since: number | null = null;

  get seconds(): number {
    return this.#before + (this.#since === null ? 0 : (performance.now() - this.#since) / 1000);
  }

  run(): void {
    this.#since ??= performance.now();
  }

  halt(): void {
    this.#before = this.seconds;
    this.#since = null;
  }
}
