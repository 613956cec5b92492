import { checkValue } from '../../signals/checks.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { Counts } from '../counts.js';
import type { AudioInput } from './audio-writer.js';
import type { Backend } from './backend.js';
import type { AudioOutput, Output } from './output.js';
import type { Hold, TrackWriter, WriteOptions } from './track-writer.js';
import { everyHalfSecond } from './tracks.js';
import type { VideoInput } from './video-writer.js';
import type { WarningName } from './warnings.js';
import { whenLoaded } from './when-loaded.js';

/** The statistics of a source. */
export interface SourceStats extends Counts {
  kind: TrackKind;
  /** `null` while there is no track. */
  backend: Backend | null;
}

/**
 * A track into which a page writes frames or samples.
 *
 * @fires started - The track was given its first frame or block.
 * @fires ended - The track has ended. Fired once, whatever ended it.
 * @fires suspendchange - `suspended` changed.
 * @fires played - Everything that was written has been played.
 * @fires warning - An `ErrorEvent`: something is probably not as the page intends. Its message also goes to the console, unless
 * a listener calls `preventDefault()`.
 */
export class WritableTrack extends EventTarget {
  /** `video` or `audio`. */
  readonly kind: TrackKind;
  readonly #writer: TrackWriter;
  readonly #stopPolling: () => void;
  #writable: WritableStream<VideoInput | AudioInput> | null = null;
  #controller: WritableStreamDefaultController | null = null;
  #hold: Hold = { muted: false, paused: false };
  #ended = false;

  constructor(kind: TrackKind, writer: TrackWriter) {
    super();
    this.kind = kind;
    this.#writer = writer;
    writer.listener = {
      announce: (type) => this.#announce(type),
      warned: (name) => this.#warn(name),
    };
    const output: Output & Partial<AudioOutput> = writer.output;
    output.onsuspend = (suspended) => {
      this.#announce('suspendchange');
      if (suspended) this.#warn('suspended');
    };
    this.#stopPolling = everyHalfSecond(() => this.#checkEnded() || writer.tick());
  }

  /** The track that shows or plays the written data. */
  get track(): MediaStreamTrack {
    return this.#writer.output.track;
  }

  /** How the track is made in this browser. */
  get backend(): Backend {
    return this.#writer.output.backend;
  }

  /** Whether the track shows black of the same size, or plays silence, in place of the written data. */
  get muted(): boolean {
    return this.#hold.muted;
  }

  set muted(muted: boolean) {
    this.#setHold({ ...this.#hold, muted });
  }

  /** Whether written data is dropped. The track repeats the last frame, or plays silence. */
  get paused(): boolean {
    return this.#hold.paused;
  }

  set paused(paused: boolean) {
    this.#setHold({ ...this.#hold, paused });
  }

  /** Whether the browser wants a user gesture before it lets the track run. A change fires `suspendchange`. */
  get suspended(): boolean {
    return Boolean((this.#writer.output as Partial<AudioOutput>).suspended);
  }

  /** Seconds until everything that was written has been played; for pictures, 0 unless they are paced. */
  get queued(): number {
    return this.#writer.queued;
  }

  /**
   * Seconds of written data that may wait to be played, or to be shown if it is paced. A write for which there is no room
   * resolves to `false` at once, unless nearly nothing waits: a caller that awaits each write is never refused. Pictures that
   * are not paced do not wait; of paced ones, at most thirty do.
   */
  get queueLimit(): number {
    return this.#writer.queueLimit;
  }

  set queueLimit(seconds: number) {
    checkValue(typeof seconds === 'number' && seconds > 0, 'queueLimit', seconds, 'a number of seconds above 0');
    this.#writer.queueLimit = seconds;
  }

  /** A stream with the same checks as `write()`. While it is locked, `write()` rejects. */
  get writable(): WritableStream<VideoInput | AudioInput> {
    this.#writable ??= new WritableStream<VideoInput | AudioInput>({
      start: (controller) => {
        this.#controller = controller;
      },
      write: async (chunk) => {
        await this.#accept(chunk, {});
      },
      close: () => this.stop(),
      abort: () => this.stop(),
    });
    return this.#writable;
  }

  /**
   * Shows a picture, or plays samples after those written before. Resolves to `true` when the track has taken the data,
   * and to `false` if the data was dropped. A paced picture
   * is also taken when it is one of the three that are shown next; `clear()` may still drop it. A `VideoFrame` or `AudioData` is closed, unless the call rejects: then it
   * remains the caller's. Other data always remains the caller's.
   *
   * @throws {TypeError} for data that the kind does not accept, a closed frame, and samples that are not finite numbers.
   * @throws {RangeError} for planes of a wrong length and a sample rate that no browser plays.
   * @throws {DOMException} `InvalidStateError` for an empty picture, after the end, and while `writable` is locked;
   * `SecurityError` for a picture of another origin.
   */
  async write(data: VideoInput | AudioInput, options?: WriteOptions): Promise<boolean> {
    if (this.#writable?.locked) {
      throw await stateError('locked');
    }
    return this.#accept(data, options ?? {});
  }

  /**
   * Drops what waits: written audio fades out within 10 ms, paced frames are closed. Writes that wait resolve to `false`.
   * The track continues, so that the next write is played at once.
   */
  clear(): void {
    this.#writer.clear();
  }

  /**
   * Resolves to `true` when everything that was written has been played, to `false` if `clear()` or the end of the track
   * came before.
   */
  played(): Promise<boolean> {
    return this.#writer.played();
  }

  /** Ends the track for good and frees everything. */
  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopPolling();
    this.#writer.end();
    // This has no effect if the stream itself was closed.
    this.#controller?.error(new DOMException('The track has ended.', 'InvalidStateError'));
    queueMicrotask(() => this.#announce('ended'));
  }

  /** The numbers of frames or blocks since the start. */
  async getStats(): Promise<SourceStats> {
    return { kind: this.kind, backend: this.backend, ...(await this.#writer.getCounts()) };
  }

  #announce(type: string): void {
    this.dispatchEvent(new Event(type));
  }

  #warn(name: WarningName): void {
    whenLoaded(import('./warnings.js'), ({ warn }) => warn(this, name));
  }

  #setHold(hold: Hold): void {
    this.#hold = hold;
    this.#writer.setHold(hold);
  }

  async #accept(data: unknown, options: WriteOptions): Promise<boolean> {
    if (this.#checkEnded()) {
      throw await stateError('ended');
    }
    return this.#writer.write(data, options);
  }

  /** A page's own `track.stop()` fires no event. */
  #checkEnded(): boolean {
    if (this.track.readyState === 'ended') this.stop();
    return this.#ended;
  }
}

const stateError = async (state: 'locked' | 'ended'): Promise<Error> =>
  (await import('./write-error.js')).stateError(state);
