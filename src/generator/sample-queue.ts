/** Tells whether something that was written has been taken: `false` when it was dropped. */
export type Settle = (id: number, taken: boolean) => void;

/**
 * What was written and not yet played. A write settles when at most 500 ms are queued; when more than two seconds
 * (after an underrun: half a second, so that a stall does not stay behind as delay) are queued before another write
 * comes, the oldest is dropped. Other rates are interpolated to the output's.
 */
export class SampleQueue {
  underruns = 0;
  dropped = 0;
  readonly #settle: Settle;
  readonly #chunks: Chunk[] = [];
  /** Seconds. */
  #queued = 0;
  #ranDry = false;

  constructor(settle: Settle) {
    this.#settle = settle;
  }

  /** Channels of what plays next. */
  get channels(): number {
    return this.#chunks[0]?.planes.length ?? 0;
  }

  /** The rate of what plays next, in hertz. */
  get sampleRate(): number | undefined {
    return this.#chunks[0]?.sampleRate;
  }

  push(id: number, planes: Float32Array[], sampleRate: number): void {
    const limit = this.#ranDry ? PATIENCE : LIMIT;
    while (this.#queued > limit) this.#remove(false);
    const length = planes[0]?.length ?? 0;
    const before = this.#chunks.at(-1);
    const chunk: Chunk = { id, planes, sampleRate, length, position: 0, settled: false };
    // What goes on at the same rate goes on in the middle of a cycle: interpolation looks across the seam.
    if (before?.sampleRate === sampleRate && before.planes.length === planes.length) {
      before.after = chunk;
      chunk.lead = before.planes.map((plane) => plane[plane.length - 1] as number);
    }
    this.#chunks.push(chunk);
    this.#queued += length / sampleRate;
    this.#settleWaiting();
  }

  /** Fills the planes with the next samples at `rate`, silence where there are none; `false` when there were none at all. */
  pull(planes: Float32Array[], rate: number): boolean {
    const wanted = planes[0]?.length ?? 0;
    let filled = 0;
    let chunk = this.#chunks[0];
    const sounding = chunk !== undefined;
    while (chunk && filled < wanted) {
      const step = chunk.sampleRate / rate;
      const rest = Math.ceil((chunk.length - chunk.position) / step);
      const count = Math.max(0, Math.min(wanted - filled, rest));
      planes.forEach((plane, channel) => {
        read(chunk as Chunk, channel, step, plane, filled, count);
      });
      chunk.position += count * step;
      this.#queued -= (count * step) / chunk.sampleRate;
      filled += count;
      if (chunk.position >= chunk.length) {
        if (chunk.after) chunk.after.position = chunk.position - chunk.length;
        this.#remove(true);
      }
      chunk = this.#chunks[0];
    }
    for (const plane of planes) plane.fill(0, filled);
    if (sounding && filled < wanted) {
      this.underruns++;
      this.#ranDry = true;
    } else if (this.#queued < 0.1) this.#ranDry = false;
    this.#settleWaiting();
    return sounding;
  }

  /** Nothing of it will be played. */
  clear(): void {
    while (this.#chunks.length > 0) this.#remove(false);
  }

  #remove(played: boolean): void {
    const chunk = this.#chunks.shift();
    if (!chunk) return;
    this.#queued = this.#chunks.length === 0 ? 0 : this.#queued - (chunk.length - chunk.position) / chunk.sampleRate;
    if (!played) this.dropped++;
    if (!chunk.settled) this.#settle(chunk.id, played);
  }

  #settleWaiting(): void {
    if (this.#queued > PATIENCE) return;
    for (const chunk of this.#chunks) {
      if (!chunk.settled) this.#settle(chunk.id, true);
      chunk.settled = true;
    }
  }
}

/** Seconds that may be queued before a write waits. */
const PATIENCE = 0.5;
/** Seconds. */
const LIMIT = 2;

interface Chunk {
  readonly id: number;
  readonly planes: Float32Array[];
  readonly sampleRate: number;
  readonly length: number;
  /** In samples of its own, fractions of them when its rate is not the output's. */
  position: number;
  settled: boolean;
  /** What follows without a seam. */
  after?: Chunk;
  /** The last sample of each channel of what it follows. */
  lead?: readonly number[];
}

/** Mono goes to every channel; a channel that the chunk lacks is silent. */
function read(chunk: Chunk, channel: number, step: number, to: Float32Array, start: number, count: number): void {
  const index = chunk.planes.length === 1 ? 0 : channel;
  const from = chunk.planes[index];
  if (!from) {
    to.fill(0, start, start + count);
  } else if (step === 1 && Number.isInteger(chunk.position)) {
    to.set(from.subarray(chunk.position, chunk.position + count), start);
  } else {
    const next = chunk.after?.planes[index];
    const last = chunk.length - 1;
    const at = (i: number): number => {
      if (i < 0) return chunk.lead?.[index] ?? (from[0] as number);
      return (i <= last ? from[i] : (next?.[i - chunk.length] ?? from[last])) as number;
    };
    for (let i = 0; i < count; i++) to[start + i] = interpolate(at, chunk.position + i * step);
  }
}

/** Catmull-Rom through the four samples around a position. */
function interpolate(at: (index: number) => number, position: number): number {
  const index = Math.floor(position);
  const t = position - index;
  const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
