import { everyHalfSecond } from '../../generator/page/tracks.js';
import { NewestChunks } from './newest-chunks.js';
import type { ChunkTypes, ProcessorBackend, ReadCounts, TrackSource, TrackSourceInit } from './track-source.js';

/** A track that the page reads by itself: its chunks wait in a queue. It closes by itself when the track ends. */
export abstract class QueuedSource<Chunk> implements TrackSource {
  abstract readonly backend: ProcessorBackend;
  protected readonly chunks: NewestChunks<Chunk>;
  readonly #stopWatching: () => void;

  constructor({ track, maxBufferSize }: TrackSourceInit, drop: (chunk: Chunk) => void) {
    this.chunks = new NewestChunks(maxBufferSize, drop);
    // A track that the page stops fires no event.
    this.#stopWatching = everyHalfSecond(() => {
      if (track.readyState === 'ended') this.close();
    });
  }

  get counts(): ReadCounts {
    const { read, discarded } = this.chunks;
    return { read, discarded };
  }

  open<Form extends keyof ChunkTypes>(form: Form): ReadableStream<ChunkTypes[Form]> {
    return this.chunks.open(
      (chunk) => this.convert(chunk, form),
      () => this.close(),
    );
  }

  close(): void {
    this.#end();
  }

  /** Ends the stream with an error. */
  protected fail(error: Error): void {
    this.#end(error);
  }

  /** Makes of a chunk of the queue what the stream carries. */
  protected abstract convert<Form extends keyof ChunkTypes>(chunk: Chunk, form: Form): ChunkTypes[Form];

  /** Frees what the source has opened. It may be called more than once. */
  protected abstract free(): void;

  #end(error?: Error): void {
    this.#stopWatching();
    this.chunks.end(error);
    this.free();
  }
}
