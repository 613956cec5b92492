import type { FrameReader } from './track-input.js';

/**
 * Reads a stream whose frames may wait: once it has read everything, it rests, and then reads what has come in the meantime. It
 * wakes the worker less often than a reader that takes each frame when it comes.
 */
export class UnhurriedReader implements FrameReader {
  readonly #reader: FrameReader;
  readonly #rest: () => Promise<void>;
  /** Whether the last frame came while it was waited for, so that it was the newest. */
  #hasAll = false;

  constructor(reader: FrameReader, rest: () => Promise<void>) {
    this.#reader = reader;
    this.#rest = rest;
  }

  async read(): ReturnType<FrameReader['read']> {
    if (this.#hasAll) await this.#rest();
    const asked = performance.now();
    const result = await this.#reader.read();
    this.#hasAll = performance.now() - asked > LONGEST_READ_MS;
    return result;
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** Longer than a frame takes to be read that is there already, and shorter than a block of audio. */
const LONGEST_READ_MS = 2;
