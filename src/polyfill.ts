/*
 * Defines the globals `MediaStreamTrackGenerator` and `MediaStreamTrackProcessor` with the native interfaces, and nothing
 * more, in browsers without them. Those that a page has already, native or not, are left alone.
 */

import { has } from './generator/features.js';
import { AudioWriter } from './generator/page/audio-writer.js';
import { openAudio, openVideo } from './generator/page/open-output.js';
import type { TrackWriter } from './generator/page/track-writer.js';
import { everyHalfSecond } from './generator/page/tracks.js';
import { VideoWriter } from './generator/page/video-writer.js';
import { blackFrame } from './generator/video-frames.js';
import { checkTrack } from './processor/page/is-track.js';
import { NewestChunks } from './processor/page/newest-chunks.js';
import { TrackProcessor } from './processor/page/track-processor.js';
import { valueError } from './signals/checks.js';
import { describeValue } from './signals/describe-value.js';
import type { TrackKind } from './signals/track-kind.js';

type Chunk = VideoFrame | AudioData;

const chunkTypes = { video: 'VideoFrame', audio: 'AudioData' } as const;

/**
 * The readers of each track that a generator of this file makes. Like a native processor, they get everything that is written:
 * each frame with its own timestamp, also in a hidden page, and audio also before a user gesture.
 */
const readersOf = new WeakMap<MediaStreamTrack, Set<(chunk: Chunk) => void>>();

/** The stream of mediacapture-transform. Chunks that it does not accept are rejected with a `TypeError` and stay open. */
function openStream(kind: TrackKind, writer: TrackWriter): WritableStream<Chunk> {
  const { track } = writer.output;
  const chunkType = chunkTypes[kind];
  const readers = new Set<(chunk: Chunk) => void>();
  readersOf.set(track, readers);
  let stopPolling = () => {};
  const end = () => {
    stopPolling();
    writer.end();
  };
  return new WritableStream<Chunk>({
    start(controller) {
      stopPolling = everyHalfSecond(() => {
        if (track.readyState === 'live') return;
        end();
        controller.error(new TypeError('The track has ended.'));
      });
    },
    async write(chunk) {
      if (describeValue(chunk) !== chunkType) throw valueError('chunk', chunk, `of type ${chunkType}`, TypeError);
      if (track.readyState === 'ended') throw new TypeError(`${chunkType} was written after the track had ended.`);
      // The writer rejects a closed one.
      if (chunk.format !== null) for (const read of readers) read(track.enabled ? chunk.clone() : empty(chunk));
      await writer.write(chunk, {});
    },
    close: end,
    abort: end,
  });
}

/** Black or silence, which a disabled track carries. */
function empty(chunk: Chunk): Chunk {
  const { timestamp } = chunk;
  if ('displayWidth' in chunk) return blackFrame(chunk.displayWidth, chunk.displayHeight, { timestamp });
  const { sampleRate, numberOfFrames, numberOfChannels } = chunk;
  const data = new Float32Array(numberOfFrames * numberOfChannels);
  return new AudioData({ format: 'f32-planar', sampleRate, numberOfFrames, numberOfChannels, timestamp, data });
}

/** Reads what is written to a generator, until its track ends. */
function readWritten(
  track: MediaStreamTrack,
  readers: Set<(chunk: Chunk) => void>,
  maxBufferSize: number,
): ReadableStream<Chunk> {
  const chunks = new NewestChunks<Chunk>(maxBufferSize, (chunk) => chunk.close());
  const read = (chunk: Chunk) => chunks.push(chunk);
  const end = () => {
    stopPolling();
    readers.delete(read);
    chunks.end();
  };
  const stopPolling = everyHalfSecond(() => {
    if (track.readyState === 'ended') end();
  });
  readers.add(read);
  return chunks.open((chunk) => chunk, end);
}

class GeneratedTrack extends trackItself() {
  readonly #writable: WritableStream<Chunk>;

  constructor(init: { kind: TrackKind } | TrackKind) {
    const kind = typeof init === 'string' ? init : init?.kind;
    if (kind !== 'video' && kind !== 'audio') throw valueError('kind', kind, '"video" or "audio"', TypeError);
    const writer = kind === 'video' ? new VideoWriter(openVideo()) : new AudioWriter(openAudio({}), {});
    super(writer.output.track);
    Object.setPrototypeOf(this, new.target.prototype);
    this.#writable = openStream(kind, writer);
  }

  get writable(): WritableStream<Chunk> {
    return this.#writable;
  }
}

class ReadTrack {
  readonly #track: MediaStreamTrack;
  readonly #maxBufferSize: number | undefined;
  #readable: ReadableStream<Chunk> | null = null;

  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number }) {
    const { track, maxBufferSize } = init ?? {};
    checkTrack(track);
    if (track.readyState === 'ended') throw new TypeError('track has ended; it must be live.');
    this.#track = track;
    // The standard takes the default in place of a smaller one.
    this.#maxBufferSize = Number(maxBufferSize) >= 1 ? Math.floor(Number(maxBufferSize)) : undefined;
  }

  /** Reads from the first call on: without a reader there is nothing to close. */
  get readable(): ReadableStream<Chunk> {
    this.#readable ??= this.#open();
    return this.#readable;
  }

  #open(): ReadableStream<Chunk> {
    const [track, maxBufferSize] = [this.#track, this.#maxBufferSize];
    const readers = readersOf.get(track);
    if (readers) return readWritten(track, readers, maxBufferSize ?? DEFAULT_BUFFER_SIZES[track.kind as TrackKind]);
    // A track that has ended since makes a stream that has closed.
    if (track.readyState === 'ended') return new ReadableStream({ start: (controller) => controller.close() });
    return new TrackProcessor({ track, maxBufferSize }).readable;
  }
}

/** The same values as of `TrackProcessor`. */
const DEFAULT_BUFFER_SIZES = { video: 1, audio: 100 };

/** A base class whose `super(track)` makes `this` that track. */
function trackItself(): new (track: MediaStreamTrack) => MediaStreamTrack {
  function Track(track: MediaStreamTrack): MediaStreamTrack {
    return track;
  }
  // Node has no tracks, and may import this file.
  if (has('MediaStreamTrack')) Track.prototype = MediaStreamTrack.prototype;
  return Track as unknown as new (
    track: MediaStreamTrack,
  ) => MediaStreamTrack;
}

for (const [name, value] of [
  ['MediaStreamTrackGenerator', GeneratedTrack],
  ['MediaStreamTrackProcessor', ReadTrack],
] as const) {
  if (!has('MediaStreamTrack') || has(name)) continue;
  Object.defineProperty(value, 'name', { value: name });
  Object.defineProperty(value.prototype, Symbol.toStringTag, { value: name, configurable: true });
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
