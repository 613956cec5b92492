import { type AudioFormat, DEFAULT_SAMPLE_RATE_HZ } from './audio-format.js';
import type { Counts } from './counts.js';
import { type Answer, type AudioEvent, type AudioMessage, answer } from './messages.js';

/** The audio of one track, computed in the worker or the worklet. */
export interface SampleSource {
  /** Hertz, of the blocks that a native track is given. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Whether samples that are not pulled in time wait, so that they are played later and none is lost. */
  readonly isPatient: boolean;
  /**
   * Fills the planes, one for each channel, with the samples from number `n` of the page's timeline on, at `sampleRate`.
   * Returns `false` if there were none, so that all is silence.
   */
  pull(planes: Float32Array[], sampleRate: number, n: number): boolean;
  /** Milliseconds that are added to the timestamp of sample `n`, where the track has timestamps. */
  timestampShift?(n: number, sampleRate: number): number;
  receive(message: AudioMessage): void;
  addTo(counts: Counts): void;
  /** Answers the requests that wait. */
  close(): void;
}

/**
 * A queue of written samples: all of them are played, in order, until `clear`. A write is answered when no more than its
 * `answerAt` is left to play up to its end. While paused the queue stays as it is; while muted it continues in silence.
 * Samples of other rates are interpolated. Samples with a `due` time wait for it.
 */
export class SampleQueue implements SampleSource {
  readonly #post: (message: Answer | AudioEvent) => void;
  readonly #format: AudioFormat;
  #first: Chunk | null = null;
  #last: Chunk | null = null;
  #firstUnanswered: Chunk | null = null;
  /** The samples that were cleared while they played. There are several if they were cleared twice within one fade. */
  #cleared: ClearedSamples[] = [];
  /** Seconds that were received since the start. */
  #received = 0;
  #clears = 0;
  #underruns = 0;
  #dropped = 0;
  #isMuted = false;
  #isPaused = false;
  /** The gain by which muting and pausing fade. */
  #gain = 1;
  #sampleRate = DEFAULT_SAMPLE_RATE_HZ;
  #channels = 1;
  /** Seconds of the page's timeline. */
  #time: number | null = null;
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(post: (message: Answer | AudioEvent) => void, format: AudioFormat) {
    this.#post = post;
    this.#format = format;
  }

  /** The rate of the format, or else of the samples that play next. It stays the same while the queue is empty. */
  get sampleRate(): number {
    this.#sampleRate = this.#format.sampleRate ?? this.#first?.sampleRate ?? this.#sampleRate;
    return this.#sampleRate;
  }

  get channels(): number {
    this.#channels = this.#format.channels ?? this.#first?.planes.length ?? this.#channels;
    return this.#channels;
  }

  /** Samples with a due time would be late for the rest of their stretch. */
  get isPatient(): boolean {
    return this.#last?.due === undefined;
  }

  pull(planes: Float32Array[], sampleRate: number, n: number): boolean {
    const wanted = planes[0]?.length ?? 0;
    const hadSamples = this.#first !== null;
    const isHeld = this.#isPaused && this.#gain === 0;
    this.#time = (n + wanted) / sampleRate;
    const filled = isHeld ? 0 : this.#play(planes, sampleRate, n);
    for (const plane of planes) plane.fill(0, filled);
    const target = this.#isMuted || this.#isPaused ? 0 : 1;
    if (this.#gain !== target || target === 0) this.#gain = fade(planes, this.#gain, target, sampleRate);
    this.#fadeOutCleared(planes, sampleRate, n);
    if (hadSamples && !isHeld && filled < wanted) this.#underruns++;
    this.#answerPlayed();
    // The time may go back when the clock of the page is read again.
    const sinceReport = Math.abs(this.#time - this.#reportedAt);
    if (hadSamples && (!this.#first || sinceReport >= REPORT_INTERVAL_S)) this.#report();
    return hadSamples;
  }

  receive(message: AudioMessage): void {
    if (message.type === 'samples') this.#push(message);
    else if (message.type === 'clear') this.#clear();
    else if (message.type === 'hold') {
      this.#isMuted = message.muted;
      this.#isPaused = message.paused;
      // Nothing is playing that could fade.
      if (!this.#first) this.#gain = message.muted || message.paused ? 0 : 1;
      else this.#report();
    }
  }

  addTo(counts: Counts): void {
    counts.underruns += this.#underruns;
    counts.dropped += this.#dropped;
  }

  close(): void {
    this.#drop();
  }

  /** Seconds until everything has been played. */
  get #queued(): number {
    const { due, length, sampleRate } = this.#last ?? {};
    if (!this.#first || !length || !sampleRate) return 0;
    const untilPlayed = this.#received - secondsBefore(this.#first);
    return due === undefined || this.#time === null
      ? untilPlayed
      : Math.max(untilPlayed, due + length / sampleRate - this.#time);
  }

  /** Fills the planes from their start with the samples that are to be played now. Returns the number of samples. */
  #play(planes: Float32Array[], sampleRate: number, n: number): number {
    const wanted = planes[0]?.length ?? 0;
    let filled = 0;
    while (this.#first && filled < wanted) {
      const chunk = this.#first;
      filled = waitUntilDue(chunk, planes, filled, sampleRate, n);
      if (filled === wanted) break;
      filled = readChunk(chunk, planes, filled, sampleRate);
      if (chunk.position < chunk.length) break;
      this.#first = takeNext(chunk);
    }
    if (!this.#first) this.#last = null;
    return filled;
  }

  #push({ id, planes, sampleRate, due, answerAt }: SamplesRequest): void {
    const length = planes[0]?.length ?? 0;
    const last = this.#last;
    this.#received += length / sampleRate;
    const chunk: Chunk = {
      id,
      planes,
      sampleRate,
      length,
      due,
      answerAt,
      end: this.#received,
      position: 0,
      hasBegun: false,
      isWaiting: !last,
      isSeamless: false,
      next: null,
    };
    if (last) {
      last.next = chunk;
      // Interpolation looks across the seam between two chunks: the signal continues in the middle of a cycle.
      if (last.sampleRate === sampleRate && last.planes.length === planes.length) {
        chunk.isSeamless = true;
        chunk.samplesBefore = last.planes.map((plane) => plane[plane.length - 1]);
      }
    }
    this.#first ??= chunk;
    this.#last = chunk;
    this.#firstUnanswered ??= chunk;
    this.#answerPlayed();
  }

  /** Answers the writes whose end is near. */
  #answerPlayed(): void {
    // The first write waits for the first block, so that it is counted when the write is answered.
    if (this.#time === null) return;
    const played = this.#first ? secondsBefore(this.#first) : this.#received;
    for (let chunk = this.#firstUnanswered; chunk; chunk = this.#firstUnanswered) {
      const { id, due, length, sampleRate, end, answerAt } = chunk;
      const left = due === undefined ? end - played : Math.max(end - played, due + length / sampleRate - this.#time);
      if (left > answerAt) return;
      // The page decides by the report whether it takes the next write.
      if (this.#time - this.#reportedAt >= ANSWER_REPORT_INTERVAL_S) this.#report();
      this.#firstUnanswered = chunk.next;
      answer(this.#post, id, () => true);
    }
  }

  #clear(): void {
    this.#clears++;
    const first = this.#first;
    const isPlaying = first && (first.hasBegun || (!first.isWaiting && isDue(first, this.#time ?? 0)));
    if (isPlaying && this.#gain > 0) this.#cleared.push({ chunk: first, gain: this.#gain });
    this.#drop();
    this.#report();
  }

  /** Forgets the queue, and answers the writes that wait. */
  #drop(): void {
    for (let chunk = this.#first; chunk; chunk = chunk.next) this.#dropped++;
    for (let chunk = this.#firstUnanswered; chunk; chunk = chunk.next) answer(this.#post, chunk.id, () => false);
    this.#first = this.#last = this.#firstUnanswered = null;
  }

  #fadeOutCleared(planes: Float32Array[], sampleRate: number, n: number): void {
    for (const cleared of this.#cleared) {
      const faded = planes.map((plane) => new Float32Array(plane.length));
      let filled = 0;
      while (cleared.chunk && filled < (faded[0]?.length ?? 0)) {
        const { chunk } = cleared;
        filled = readChunk(chunk, faded, filled, sampleRate);
        if (chunk.position < chunk.length) break;
        const next = takeNext(chunk);
        cleared.chunk = next && isDue(next, (n + filled) / sampleRate) ? next : null;
      }
      cleared.gain = fade(faded, cleared.gain, 0, sampleRate);
      for (const [channel, plane] of planes.entries()) {
        for (let i = 0; i < plane.length; i++) plane[i] += faded[channel]?.[i] ?? 0;
      }
    }
    if (this.#cleared.length > 0) this.#cleared = this.#cleared.filter(({ chunk, gain }) => chunk && gain > 0);
  }

  #report(): void {
    this.#reportedAt = this.#first ? (this.#time ?? 0) : Number.NEGATIVE_INFINITY;
    this.#post({ type: 'queue', clears: this.#clears, received: this.#received, queued: this.#queued });
  }
}

/** While something is queued, the page gets the length of the queue at least this often. */
const REPORT_INTERVAL_S = 0.1;
const ANSWER_REPORT_INTERVAL_S = 0.02;
/** The length of a fade. */
const FADE_S = 0.008;
/** Timestamps that differ by less from the end of the samples before continue them without a gap. */
const GAP_TOLERANCE_S = 0.01;

type SamplesRequest = Extract<AudioMessage, { type: 'samples' }>;

/** The samples of one write. */
interface Chunk {
  /** Of the request. */
  readonly id: number;
  readonly planes: Float32Array[];
  readonly sampleRate: number;
  readonly length: number;
  /** When to play it, in seconds of the page's timeline. */
  readonly due: number | undefined;
  /** Seconds that may be left to play when the write is answered. */
  readonly answerAt: number;
  /** Seconds that were received until its end. */
  readonly end: number;
  /** The next sample to play. It has a fraction if the chunk's rate differs from the output's. */
  position: number;
  hasBegun: boolean;
  /** Whether it waits for its due time to the sample, since nothing plays before it. */
  isWaiting: boolean;
  /** Whether it continues the chunk before without a seam. */
  isSeamless: boolean;
  next: Chunk | null;
  /** For each channel, the last sample of the chunk that this one continues. */
  samplesBefore?: readonly number[];
}

/** Samples that fade out. */
interface ClearedSamples {
  /** The next one to play. */
  chunk: Chunk | null;
  gain: number;
}

/** Seconds that were received before the next sample of a chunk. */
const secondsBefore = ({ end, length, position, sampleRate }: Chunk): number =>
  end - Math.max(0, length - position) / sampleRate;

/** The chunk after one that has been played. */
function takeNext({ next, position, length }: Chunk): Chunk | null {
  if (next?.isSeamless) next.position = position - length;
  return next;
}

/** Whether a chunk begins at a time of the page's timeline, right after the chunk before it. */
const isDue = ({ due }: Chunk, time: number): boolean => due === undefined || due - time <= GAP_TOLERANCE_S;

/** Fills the planes with silence until a chunk that has not begun is due. Returns the number of samples until then. */
function waitUntilDue(chunk: Chunk, planes: Float32Array[], filled: number, sampleRate: number, n: number): number {
  const wanted = planes[0]?.length ?? 0;
  if (chunk.due === undefined || chunk.hasBegun) return filled;
  const gap = Math.round(chunk.due * sampleRate) - (n + filled);
  if (gap <= (chunk.isWaiting ? 0 : GAP_TOLERANCE_S * sampleRate)) return filled;
  chunk.isWaiting = true;
  const end = Math.min(wanted, filled + gap);
  for (const plane of planes) plane.fill(0, filled, end);
  return end;
}

/** Reads a chunk into the planes from a position on. Returns the position after it. */
function readChunk(chunk: Chunk, planes: Float32Array[], from: number, sampleRate: number): number {
  const step = chunk.sampleRate / sampleRate;
  const rest = Math.ceil((chunk.length - chunk.position) / step);
  const count = Math.max(0, Math.min((planes[0]?.length ?? 0) - from, rest));
  for (const [channel, plane] of planes.entries()) readSamples(chunk, channel, step, plane, from, count);
  chunk.hasBegun = true;
  chunk.position += count * step;
  return from + count;
}

/** Changes the gain of the planes from one value to another. Returns the gain that it has reached. */
function fade(planes: Float32Array[], from: number, target: number, sampleRate: number): number {
  const step = 1 / (FADE_S * sampleRate);
  let gain = from;
  for (const plane of planes) {
    gain = from;
    for (let i = 0; i < plane.length; i++) {
      gain = target > gain ? Math.min(target, gain + step) : Math.max(target, gain - step);
      plane[i] *= gain;
    }
  }
  return gain;
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
    const next = chunk.next?.isSeamless ? chunk.next.planes[index] : undefined;
    const last = chunk.length - 1;
    const sampleAt = (i: number): number => {
      if (i < 0) return chunk.samplesBefore?.[index] ?? from[0];
      return i <= last ? from[i] : (next?.[i - chunk.length] ?? from[last]);
    };
    for (let i = 0; i < count; i++) to[start + i] = interpolate(sampleAt, chunk.position + i * step);
  }
}

/** Catmull-Rom interpolation through the four samples around a position. */
export function interpolate(sampleAt: (index: number) => number, position: number): number {
  const index = Math.floor(position);
  const t = position - index;
  const [a, b, c, d] = [sampleAt(index - 1), sampleAt(index), sampleAt(index + 1), sampleAt(index + 2)];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
