import { LatestRun } from '../../generator/latest-run.js';
import { reviveError } from '../../generator/messages.js';
import { PortClient } from '../../generator/page/port-client.js';
import { clockSkew } from '../../generator/timeline.js';
import type { TrackReader } from '../../processor/page/reader.js';
import { openTrackReader } from '../../processor/page/track-reader.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { RecorderCommand, RecorderEvent, RecorderRequests, RecordingResult } from '../messages.js';
import type { Recording, RecordingListener, RecordingOptions } from '../recording.js';
import { RecordingClock } from '../recording-clock.js';
import type { RecordingFormat } from '../recording-type.js';
import { startRecorderWorker } from './recorder-worker-client.js';

/** A recording by the browser's encoders, in a worker that also writes the file. Its tracks may change. */
export class CodecRecording implements Recording {
  readonly #worker: Worker;
  readonly #client: PortClient<RecorderRequests, RecorderCommand, RecorderEvent>;
  readonly #listener: RecordingListener;
  readonly #options: RecordingOptions;
  readonly #kinds: readonly TrackKind[];
  readonly #readers = new Map<TrackKind, TrackReader>();
  readonly #opening = { video: new LatestRun(), audio: new LatestRun() };
  #isStopped = false;
  #hasWarned = false;
  /** The first error counts, because the others result from it. */
  #error: Error | null = null;
  type: string;
  size = 0;
  readonly #clock = new RecordingClock();
  /** The duration of the complete file. */
  #duration: number | null = null;

  /**
   * Starts a recording. Resolves when the tracks are read.
   *
   * @throws {DOMException} `NotSupportedError` if this browser has no encoder for the format; `NetworkError` if the worker
   * does not load.
   */
  static async start(
    tracks: readonly MediaStreamTrack[],
    format: RecordingFormat,
    options: RecordingOptions,
    listener: RecordingListener,
  ): Promise<CodecRecording> {
    const worker = await startRecorderWorker();
    const recording = new CodecRecording(worker, format, options, listener);
    try {
      const { videoBitrate, audioBitrate, timeslice, file } = options;
      const kinds = tracks.map(({ kind }) => kind as TrackKind);
      await recording.#client.request('start', {
        options: {
          format,
          kinds,
          timeslice,
          pageSkew: clockSkew(),
          ...(videoBitrate && { videoBitrate }),
          ...(audioBitrate && { audioBitrate }),
          ...(file && { file }),
        },
      });
      await Promise.all(tracks.map((track) => recording.#open(track.kind as TrackKind, track)));
      return recording;
    } catch (error) {
      recording.#close();
      throw error;
    }
  }

  private constructor(worker: Worker, format: RecordingFormat, options: RecordingOptions, listener: RecordingListener) {
    this.#worker = worker;
    this.#options = options;
    this.#listener = listener;
    this.type = format.type;
    this.#kinds = (['video', 'audio'] as const).filter((kind) => format.codecs[kind].length > 0);
    this.#client = new PortClient(worker, (event) => {
      if (event.type === 'progress') {
        this.size = event.size;
        listener.progressed(event.duration);
      } else {
        this.#fail(reviveError(event.error));
      }
    });
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new DOMException(`The worker that records has failed: ${event.message}`, 'OperationError'));
    };
  }

  get duration(): number {
    return this.#duration ?? this.#clock.seconds;
  }

  get paused(): boolean {
    return this.#clock.paused;
  }

  set paused(paused: boolean) {
    if (paused === this.paused) return;
    const time = this.#clock.now();
    if (paused) this.#clock.pause(time);
    else this.#clock.resume(time);
    this.#client.post({ type: 'pause', paused, time });
  }

  setTrack(kind: TrackKind, track: MediaStreamTrack | null): boolean {
    this.#open(kind, track).catch((error) => {
      if (!this.#isStopped) this.#fail(error);
    });
    return true;
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    const time = this.#clock.now();
    this.#clock.end(time);
    // A track that is opened later would come after the end.
    for (const run of Object.values(this.#opening)) run.cancel();
    void this.#complete(time);
  }

  /** Reads this track in place of the last one of its kind. */
  async #open(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    if (this.#isStopped || !this.#kinds.includes(kind)) return;
    const signal = this.#opening[kind].begin();
    const reader = track && (await openTrackReader(track, () => this.#warnOfBlockedAudio(), signal));
    if (signal.aborted) {
      reader?.close();
      return;
    }
    const last = this.#readers.get(kind);
    if (reader) this.#readers.set(kind, reader);
    else this.#readers.delete(kind);
    const time = this.#clock.now();
    this.#clock.start(time);
    this.#client.post({ type: 'track', kind, input: reader?.input ?? null, time }, reader?.transfer ?? []);
    last?.close();
  }

  /** Hands over the recording, after a failure together with the error. */
  async #complete(time: number): Promise<void> {
    let blob: Blob | null = null;
    try {
      const result: RecordingResult = await this.#client.request('stop', { time });
      this.type = result.type;
      this.size = result.size;
      this.#duration = result.duration;
      blob = result.blob ?? (await this.#options.file?.getFile()) ?? null;
      if (result.warning && !this.#error) this.#listener.warned(reviveError(result.warning));
    } catch (error) {
      this.#error ??= error as Error;
    }
    this.#close();
    if (this.#error) this.#listener.failed(this.#error, blob);
    else if (blob) this.#listener.ended(blob);
  }

  /** Once for all tracks of the recording: the remedy is the same. */
  #warnOfBlockedAudio(): void {
    if (this.#hasWarned || this.#isStopped) return;
    this.#hasWarned = true;
    const message =
      'The browser does not let audio run before a user gesture: the recording is silent until the next click or key on ' +
      'the page. Call start() in a click.';
    this.#listener.warned(new DOMException(message, 'NotAllowedError'));
  }

  /** Ends the recording with an error. */
  #fail(error: Error): void {
    this.#error ??= error;
    this.stop();
  }

  #close(): void {
    this.#isStopped = true;
    for (const run of Object.values(this.#opening)) run.cancel();
    for (const reader of this.#readers.values()) reader.close();
    this.#readers.clear();
    this.#client.close();
    this.#worker.terminate();
  }
}
