import { type AudioFormat, DEFAULT_SAMPLE_RATE_HZ } from './audio-format.js';
import type { Counts } from './counts.js';
import { type Answer, type AudioMessage, answer } from './messages.js';

/** The audio of one track, computed in the worker or the worklet. */
export interface SampleSource {
  /** Hertz, of the blocks that a native track is given. */
  readonly sampleRate: number;
  readonly channels: number;
  /**
   * Fills the planes, one for each channel, with the samples from number `n` of the page's timeline on, at `sampleRate`.
   * Returns `false` if there were none, so that all is silence.
   */
  pull(planes: Float32Array[], sampleRate: number, n: number): boolean;
  receive(message: AudioMessage): void;
  addTo(counts: Counts): void;
  /** Answers the requests that wait. */
  close(): void;
}

/**
 * A queue of written samples. A write is answered when at most half a second is queued. If more than two seconds are
 * queued when the next write comes, the oldest samples are dropped; after an underrun that limit is half a second, so
 * that a stall does not remain as a delay. Samples of other rates are interpolated.
 */
export class SampleQueue implements SampleSource {
  readonly #post: (message: Answer) => void;
  readonly #format: AudioFormat;
  readonly #chunks: Chunk[] = [];
  #queuedSeconds = 0;
  #isAfterUnderrun = false;
  #underruns = 0;
  #dropped = 0;
  #isHeld = false;
  #sampleRate = DEFAULT_SAMPLE_RATE_HZ;
  #channels = 1;

  constructor(post: (message: Answer) => void, format: AudioFormat) {
    this.#post = post;
    this.#format = format;
  }

  /** The rate of the format, or else of the samples that play next. It stays the same while the queue is empty. */
  get sampleRate(): number {
    this.#sampleRate = this.#format.sampleRate ?? this.#chunks[0]?.sampleRate ?? this.#sampleRate;
    return this.#sampleRate;
  }

  get channels(): number {
    this.#channels = this.#format.channels ?? this.#chunks[0]?.planes.length ?? this.#channels;
    return this.#channels;
  }

  pull(planes: Float32Array[], sampleRate: number): boolean {
    const wanted = planes[0]?.length ?? 0;
    let filled = 0;
    let chunk = this.#chunks[0];
    const hadSamples = chunk !== undefined;
    while (chunk && filled < wanted) {
      const step = chunk.sampleRate / sampleRate;
      const rest = Math.ceil((chunk.length - chunk.position) / step);
      const count = Math.max(0, Math.min(wanted - filled, rest));
      for (const [channel, plane] of planes.entries()) readSamples(chunk, channel, step, plane, filled, count);
      chunk.position += count * step;
      this.#queuedSeconds -= (count * step) / chunk.sampleRate;
      filled += count;
      if (chunk.position >= chunk.length) {
        if (chunk.next) chunk.next.position = chunk.position - chunk.length;
        this.#removeOldest(true);
      }
      chunk = this.#chunks[0];
    }
    for (const plane of planes) plane.fill(0, this.#isHeld ? 0 : filled);
    if (hadSamples && filled < wanted) {
      this.#underruns++;
      this.#isAfterUnderrun = true;
    } else if (this.#queuedSeconds < RECOVERED_S) this.#isAfterUnderrun = false;
    this.#acceptWaiting();
    return hadSamples;
  }

  receive(message: AudioMessage): void {
    if (message.type === 'samples') this.#push(message.id, message.planes, message.sampleRate);
    else if (message.type === 'hold') this.#isHeld = message.muted || message.paused;
  }

  addTo(counts: Counts): void {
    counts.underruns += this.#underruns;
    counts.dropped += this.#dropped;
  }

  close(): void {
    while (this.#chunks.length > 0) this.#removeOldest(false);
  }

  #push(id: number, planes: Float32Array[], sampleRate: number): void {
    const limit = this.#isAfterUnderrun ? ACCEPTED_S : LIMIT_S;
    while (this.#queuedSeconds > limit) this.#removeOldest(false);
    const length = planes[0]?.length ?? 0;
    const previous = this.#chunks.at(-1);
    const chunk: Chunk = { id, planes, sampleRate, length, position: 0, isAnswered: false };
    // Interpolation looks across the seam between two chunks: the signal continues in the middle of a cycle.
    if (previous?.sampleRate === sampleRate && previous.planes.length === planes.length) {
      previous.next = chunk;
      chunk.samplesBefore = previous.planes.map((plane) => plane[plane.length - 1]);
    }
    this.#chunks.push(chunk);
    this.#queuedSeconds += length / sampleRate;
    this.#acceptWaiting();
  }

  #removeOldest(isPlayed: boolean): void {
    const chunk = this.#chunks.shift();
    if (!chunk) return;
    const rest = (chunk.length - chunk.position) / chunk.sampleRate;
    this.#queuedSeconds = this.#chunks.length === 0 ? 0 : this.#queuedSeconds - rest;
    if (!isPlayed) this.#dropped++;
    this.#answer(chunk, isPlayed);
  }

  #acceptWaiting(): void {
    if (this.#queuedSeconds > ACCEPTED_S) return;
    for (const chunk of this.#chunks) this.#answer(chunk, true);
  }

  #answer(chunk: Chunk, isAccepted: boolean): void {
    if (chunk.isAnswered) return;
    chunk.isAnswered = true;
    answer(this.#post, chunk.id, () => isAccepted);
  }
}

/** While at most this much is queued, writes are answered at once. */
const ACCEPTED_S = 0.5;
/** If more than this is queued when another write comes, the oldest samples are dropped. */
const LIMIT_S = 2;
/** Once no more than this is queued, no delay of the stall is left. */
const RECOVERED_S = 0.1;

/** The samples of one write. */
interface Chunk {
  /** Of the request. */
  readonly id: number;
  readonly planes: Float32Array[];
  readonly sampleRate: number;
  readonly length: number;
  /** The next sample to play. It has a fraction if the chunk's rate differs from the output's. */
  position: number;
  isAnswered: boolean;
  /** The chunk that continues this one without a seam. */
  next?: Chunk;
  /** For each channel, the last sample of the chunk that this one continues. */
  samplesBefore?: readonly number[];
}

/** Reads one channel of a chunk. Mono samples go to every channel; a channel that the chunk lacks is silent. */
function readSamples(
  chunk: Chunk,
  channel: number,
  step: number,
  to: Float32Array,
  start: number,
  count: number,
): void {
  const index = chunk.planes.length === 1 ? 0 : channel;
  const from = chunk.planes[index];
  if (!from) {
    to.fill(0, start, start + count);
  } else if (step === 1 && Number.isInteger(chunk.position)) {
    to.set(from.subarray(chunk.position, chunk.position + count), start);
  } else {
    const next = chunk.next?.planes[index];
    const last = chunk.length - 1;
    const sampleAt = (i: number): number => {
      if (i < 0) return chunk.samplesBefore?.[index] ?? from[0];
      return i <= last ? from[i] : (next?.[i - chunk.length] ?? from[last]);
    };
    for (let i = 0; i < count; i++) to[start + i] = interpolate(sampleAt, chunk.position + i * step);
  }
}

/** Catmull-Rom interpolation through the four samples around a position. */
function interpolate(sampleAt: (index: number) => number, position: number): number {
  const index = Math.floor(position);
  const t = position - index;
  const [a, b, c, d] = [sampleAt(index - 1), sampleAt(index), sampleAt(index + 1), sampleAt(index + 2)];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
