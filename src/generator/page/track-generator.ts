import { describeValue } from '../../signals/describe-value.js';
import { checkAudioFormat } from '../audio-format.js';
import type { Counts } from '../counts.js';
import type { AudioInput } from './audio-input.js';
import type { AudioOutput, AudioPlayerSource } from './audio-output.js';
import type { AudioWriter } from './audio-writer.js';
import type { Backend } from './backend.js';
import { LateAudioWriter } from './late-audio-writer.js';
import { openAudio, openVideo } from './open-output.js';
import { everyHalfSecond } from './shared-interval.js';
import type { TrackWriter, WriteOptions } from './track-writer.js';
import type { VideoInput } from './video-input.js';
import type { VideoOutput, VideoTarget } from './video-output.js';
import { VideoWriter } from './video-writer.js';

export type { Counts } from '../counts.js';
export type { AudioInput } from './audio-input.js';
export type { Backend } from './backend.js';
export { type Configuration, configure } from './configure.js';
export type { WriteOptions } from './track-writer.js';
export type { VideoInput } from './video-input.js';

/** How a generator is made. */
export interface TrackGeneratorInit {
  kind: 'video' | 'audio';
  /** One backend in place of the best that the browser has. */
  backend?: Backend;
  /** Hertz, 3000 to 384000, of the track and of samples that carry no rate of their own; default 48000. */
  sampleRate?: number;
  /** Channels of an audio track, 1 to 8; default those of what is written. */
  channels?: number;
}

/** What `getStats()` tells. */
export interface SourceStats extends Counts {
  kind: 'video' | 'audio';
  backend: Backend | null;
}

/**
 * Turns frames or samples into a `MediaStreamTrack`, in every browser: the `MediaStreamTrackGenerator` of all of them.
 * It fires `ended` once, however the track ended.
 *
 * ```ts
 * const generator = new TrackGenerator({ kind: 'video' });
 * video.srcObject = new MediaStream([generator.track]);
 * await generator.write(canvas);
 * generator.stop();
 * ```
 */
export class TrackGenerator extends EventTarget {
  readonly kind: 'video' | 'audio';
  readonly #feed: TrackWriter;
  readonly #forgetTick: () => void;
  #writable: WritableStream<VideoInput | AudioInput> | null = null;
  #controller: WritableStreamDefaultController | null = null;
  #ended = false;

  /**
   * @throws {TypeError} for another kind or backend.
   * @throws {RangeError} for a rate or a number of channels that no browser plays.
   * @throws {DOMException} `NotSupportedError` where the browser cannot make such tracks.
   */
  constructor(init: TrackGeneratorInit, /** @internal */ player?: AudioPlayerSource) {
    super();
    const { kind, backend, sampleRate, channels } = init ?? {};
    if (kind !== 'video' && kind !== 'audio') {
      throw new TypeError(`kind is ${describeValue(kind)}; it is "video" or "audio".`);
    }
    const format = { sampleRate, channels };
    checkAudioFormat(format);
    this.kind = kind;
    this.#feed =
      kind === 'video'
        ? new VideoWriter(openVideo(backend))
        : new LateAudioWriter(openAudio(format, backend), format, player);
    this.#feed.onstart = () => this.dispatchEvent(new Event('started'));
    this.#feed.onsuspend = () => this.dispatchEvent(new Event('suspendchange'));
    this.#forgetTick = everyHalfSecond(() => this.#check() || this.#feed.tick());
  }

  /** The track that shows or plays what is written. */
  get track(): MediaStreamTrack {
    return this.#feed.output.track;
  }

  /** How the track is made in this browser. */
  get backend(): Backend {
    return this.#feed.output.backend;
  }

  /** Black of the same size, or silence, in place of what is written. */
  get muted(): boolean {
    return this.#feed.muted;
  }

  set muted(muted: boolean) {
    this.#feed.muted = muted;
  }

  /** Drops what is written; the last picture stays, sound is silent. */
  get paused(): boolean {
    return this.#feed.paused;
  }

  set paused(paused: boolean) {
    this.#feed.paused = paused;
  }

  /** Whether the browser wants a user gesture before it lets the track run. A change fires `suspendchange`. */
  get suspended(): boolean {
    return Boolean((this.#feed.output as Partial<AudioOutput>).suspended);
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
      close: () => this.#end(),
      abort: () => this.#end(),
    });
    return this.#writable;
  }

  /**
   * Shows a picture, or plays samples after those written before. Resolves to `true` when the track has taken it, to
   * `false` when it was dropped. A `VideoFrame` or `AudioData` is closed, unless the call rejects: then it is still the
   * caller's. Anything else stays the caller's.
   * @throws {TypeError} for data of another kind, a closed frame, samples that are no numbers.
   * @throws {RangeError} for planes of a wrong length or an absurd rate.
   * @throws {DOMException} `InvalidStateError` for an empty picture, after the end, and while `writable` is locked;
   * `SecurityError` for a picture of another origin.
   */
  async write(data: VideoInput | AudioInput, options: WriteOptions = {}): Promise<boolean> {
    if (this.#writable?.locked) {
      throw invalidState('write() came while writable is locked: write to its writer.');
    }
    return this.#accept(data, options);
  }

  /** Ends the track for good and frees everything. */
  stop(): void {
    this.#end();
  }

  /** What the generator has counted since it was made. */
  async getStats(): Promise<SourceStats> {
    return { kind: this.kind, backend: this.backend, ...this.#feed.counts };
  }

  /** @internal Gives the video track's pictures to another output for good; what is written goes there too. */
  handOver(successor: VideoOutput): { target: VideoTarget; end(): void } {
    return (this.#feed as VideoWriter).handOver(successor);
  }

  /** @internal Shows the last picture once more, for a viewer who has just come. */
  showAgain(): void {
    this.#feed.again();
  }

  /** @internal What plays an audio track; `null` when that has ended before. */
  get audioFeed(): Promise<AudioWriter | null> {
    return (this.#feed as LateAudioWriter).loading;
  }

  #accept(data: unknown, options: WriteOptions): Promise<boolean> {
    if (this.#check()) {
      return Promise.reject(invalidState('write() came after the track had ended: make a new generator.'));
    }
    return this.#feed.write(data, options);
  }

  /** The page's own `track.stop()` fires no event: it has to be looked for. */
  #check(): boolean {
    if (!this.#ended && this.track.readyState === 'ended') this.#end();
    return this.#ended;
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#forgetTick();
    this.#feed.end();
    // While the stream itself is closing, this has no effect.
    this.#controller?.error(invalidState('The track has ended.'));
    queueMicrotask(() => this.dispatchEvent(new Event('ended')));
  }
}

const invalidState = (message: string): DOMException => new DOMException(message, 'InvalidStateError');
