import { type FlacFormat, flacFragment, LEAD_IN_FRAGMENTS } from '../flac-mp4.js';
import type { AudioEvent } from '../messages.js';

/** A block of 10 ms. */
export interface AudioBlock {
  /** One for each channel; they are parts of `data`. */
  readonly planes: readonly Float32Array[];
  readonly data: Float32Array<ArrayBuffer>;
  readonly sampleRate: number;
  /** Microseconds. */
  readonly timestamp: number;
}

/** Where the blocks of a player go. */
export interface AudioTarget {
  /** The format of all blocks. Without it, each block may have another one. */
  readonly format?: FlacFormat;
  /** Rejects when the target takes no more blocks. */
  write(block: AudioBlock): Promise<void>;
  /**
   * How many blocks are missing from what should be buffered; below 0 if there are too many.
   *
   * @param position Milliseconds that the media element has played.
   */
  missingBlocks(position: number): number;
  close(): Promise<void>;
}

/** The stream of a native track. */
export class StreamTarget implements AudioTarget {
  readonly #writer: WritableStreamDefaultWriter<AudioData>;

  constructor(writable: WritableStream<AudioData>) {
    this.#writer = writable.getWriter();
  }

  async write({ planes, data, sampleRate, timestamp }: AudioBlock): Promise<void> {
    const audio = new AudioData({
      format: 'f32-planar',
      sampleRate,
      numberOfChannels: planes.length,
      numberOfFrames: data.length / planes.length,
      timestamp,
      data,
    });
    try {
      await this.#writer.write(audio);
    } catch (error) {
      audio.close();
      throw error;
    }
  }

  missingBlocks(): number {
    return 0;
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}

/** The media element of the page, to which the port leads. */
export class FragmentTarget implements AudioTarget {
  readonly format: FlacFormat;
  readonly #port: MessagePort;
  /** The number of the next fragment. The page has made the first ones. */
  #next = LEAD_IN_FRAGMENTS;
  /** The last differences from what should be buffered, in milliseconds. */
  #excesses: number[] = [];
  #hasBegun = false;

  constructor(format: FlacFormat, port: MessagePort) {
    this.format = format;
    this.#port = port;
  }

  async write({ planes }: AudioBlock): Promise<void> {
    const bytes = flacFragment(this.format, this.#next++, planes);
    this.#port.postMessage({ type: 'fragment', bytes } satisfies AudioEvent, [bytes.buffer]);
  }

  missingBlocks(position: number): number {
    const { sampleRate, frames } = this.format;
    const blockMs = (1000 * frames) / sampleRate;
    // More is never missing, also where the clock has jumped.
    this.#excesses.push(Math.max(-BUFFERED_MS, this.#next * blockMs - position - BUFFERED_MS));
    if (this.#hasBegun && this.#excesses.length < CONFIRMATIONS) return 0;
    this.#hasBegun = true;
    const [least, most] = [Math.min(...this.#excesses), Math.max(...this.#excesses)];
    this.#excesses.shift();
    // A page that is busy reads the position late, once. A stall or another clock is seen each time.
    const excess = least > 0 ? least : Math.min(0, most);
    if (Math.abs(excess) < TOLERANCE_MS) return 0;
    this.#excesses = [];
    return -Math.round(excess / blockMs);
  }

  async close(): Promise<void> {}
}

/** Audio that the media element has not played yet: the page may be busy for as long without a gap. */
const BUFFERED_MS = 80;
/** A correction is heard in a tone, so that readings of the position, which step by 40 ms in Firefox, must not cause one. */
const TOLERANCE_MS = 25;
/** Readings of the position that have to agree. */
const CONFIRMATIONS = 3;
