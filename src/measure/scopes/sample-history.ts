/** The newest samples of an audio track, for each of its channels. */
export class SampleHistory {
  readonly sampleRate: number;
  /** Channels that are kept. */
  readonly channels: number;
  /** Channels of the track. */
  readonly planes: number;
  /** Samples of each channel that have come so far. */
  total = 0;
  readonly #kept: readonly Float32Array[];

  constructor(sampleRate: number, channels: number) {
    this.sampleRate = sampleRate;
    this.planes = channels;
    this.channels = Math.min(channels, MAX_CHANNELS);
    this.#kept = Array.from({ length: this.channels }, () => new Float32Array(HISTORY_SAMPLES));
  }

  /** @param planes Samples of each channel, of the same length. */
  add(planes: readonly Float32Array[]): void {
    const length = planes[0]?.length ?? 0;
    for (const [channel, kept] of this.#kept.entries()) {
      const plane = planes[channel];
      if (!plane) continue;
      for (let i = 0; i < length; i++) kept[(this.total + i) & MASK] = plane[i] as number;
    }
    this.total += length;
  }

  /** The samples of a channel that end before number `end`: as many as `target` has room for. */
  read(channel: number, end: number, target: Float32Array): void {
    const start = end - target.length;
    if (start < Math.max(0, this.total - HISTORY_SAMPLES) || end > this.total) {
      for (let i = 0; i < target.length; i++) target[i] = this.at(channel, start + i);
      return;
    }
    const kept = this.#kept[channel] as Float32Array;
    const from = start & MASK;
    const first = kept.subarray(from, from + target.length);
    target.set(first);
    target.set(kept.subarray(0, target.length - first.length), first.length);
  }

  /** Sample number `index` of a channel: 0 before the first one, and of what is too long ago. */
  at(channel: number, index: number): number {
    if (index < 0 || index >= this.total || index < this.total - HISTORY_SAMPLES) return 0;
    return this.#kept[channel]?.[index & MASK] ?? 0;
  }
}

/** Channels that scopes show, in the order of the track. */
const MAX_CHANNELS = 8;

/** A second at 192 kHz, and more: a power of two. */
export const HISTORY_SAMPLES = 1 << 18;
const MASK = HISTORY_SAMPLES - 1;
