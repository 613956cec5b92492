import { has } from '../../generator/features.js';
import { report } from '../../generator/page/report.js';
import { checkValue } from '../../signals/checks.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { AudioSamples } from '../samples.js';
import { checkTrack } from './is-track.js';
import { openSource } from './open-source.js';
import type { ChunkTypes, ProcessorBackend, ReadCounts, TrackSource } from './track-source.js';

export type { AudioSamples } from '../samples.js';
export type { ProcessorBackend, ReadCounts } from './track-source.js';

/** The options of a new processor. */
export interface TrackProcessorInit {
  /** The track to read. The processor does not change or stop it. */
  track: MediaStreamTrack;
  /**
   * The number of frames, or blocks of audio, that may wait until they are read, at least 1. When one more comes, the oldest is
   * dropped. Default: 1 frame, so that a slow reader gets the newest one; 100 blocks of audio, which is a second in most
   * browsers.
   */
  maxBufferSize?: number;
  /** Default: the best backend that the browser has. */
  backend?: ProcessorBackend;
}

/** The statistics of a processor. */
export interface ProcessorStats extends ReadCounts {
  readonly kind: TrackKind;
  readonly backend: ProcessorBackend;
}

/**
 * Reads the frames or samples of a `MediaStreamTrack`, as `MediaStreamTrackProcessor` does, in every browser.
 *
 * ```ts
 * const processor = new TrackProcessor({ track });
 * await processor.readable.pipeThrough(transform).pipeTo(generator.writable);
 * ```
 *
 * The stream closes when the track ends. The reader of a frame closes it.
 *
 * @fires warning - An `ErrorEvent`: the browser does not let the audio run before a user gesture. Unless it is prevented, its
 * message goes to the console.
 */
export class TrackProcessor<Chunk extends VideoFrame | AudioData = VideoFrame | AudioData> extends EventTarget {
  /** The track that is read. */
  readonly track: MediaStreamTrack;
  readonly #source: TrackSource;
  #readable: ReadableStream<Chunk> | null = null;
  #samples: ReadableStream<AudioSamples> | null = null;

  /**
   * @throws {TypeError} for a track that is none or has ended, or an unknown backend.
   * @throws {RangeError} for a buffer without room.
   * @throws {DOMException} `NotSupportedError` if the browser cannot read such tracks.
   */
  constructor(init: TrackProcessorInit) {
    super();
    const { track, maxBufferSize, backend } = init ?? {};
    checkTrack(track);
    if (track.readyState === 'ended') throw new TypeError('track has ended; it must be live.');
    const size = maxBufferSize ?? DEFAULT_BUFFER_SIZES[track.kind as TrackKind];
    checkValue(Number.isInteger(size) && size >= 1, 'maxBufferSize', size, 'a whole number from 1 on');
    this.track = track;
    this.#source = openSource({ track, maxBufferSize: size, onBlocked: () => this.#warn() }, backend);
  }

  /** `video` or `audio`. */
  get kind(): TrackKind {
    return this.track.kind as TrackKind;
  }

  /** How the track is read in this browser. */
  get backend(): ProcessorBackend {
    return this.#source.backend;
  }

  /**
   * The frames, or the audio in blocks of about 10 ms. Their timestamps are in microseconds. They are the timestamps of the
   * track; if the browser does not tell these, they are the time of the page at which each was shown or heard.
   *
   * @throws {DOMException} `InvalidStateError` if `samples` is in use; `NotSupportedError` if the browser has no `AudioData`.
   */
  get readable(): ReadableStream<Chunk> {
    this.#readable ??= this.#open('frames', this.#samples) as ReadableStream<Chunk>;
    return this.#readable;
  }

  /**
   * The audio in the form of plain samples, also where the browser has no `AudioData` that can be read (WebKitGTK).
   *
   * @throws {DOMException} `InvalidStateError` if `readable` is in use, or for video.
   */
  get samples(): ReadableStream<AudioSamples> {
    if (this.kind !== 'audio') throw new DOMException('Only audio has samples: use readable.', 'InvalidStateError');
    this.#samples ??= this.#open('samples', this.#readable);
    return this.#samples;
  }

  /** How many frames, or blocks of audio, were read, and how many were dropped because nobody read them in time. */
  async getStats(): Promise<ProcessorStats> {
    return { kind: this.kind, backend: this.backend, ...this.#source.counts };
  }

  /**
   * Closes the stream and frees everything, and leaves the track alone. Call it also after the stream was cancelled, because
   * Chromium does not report that.
   */
  close(): void {
    this.#source.close();
  }

  #open<Form extends keyof ChunkTypes>(form: Form, other: ReadableStream | null): ReadableStream<ChunkTypes[Form]> {
    if (other) {
      const message = 'readable and samples are the same data: a processor has one of them. Make another processor.';
      throw new DOMException(message, 'InvalidStateError');
    }
    if (form === 'frames' && this.kind === 'audio' && !has('AudioData')) {
      throw new DOMException('This browser has no AudioData: use samples.', 'NotSupportedError');
    }
    return this.#source.open(form);
  }

  #warn(): void {
    const message =
      'The browser does not let audio run before a user gesture: it is read from the next click or key on.';
    report(this, 'warning', new DOMException(message, 'NotAllowedError'));
  }
}

const DEFAULT_BUFFER_SIZES = { video: 1, audio: 100 };
