import { interpolate } from '../generator/sample-source.js';
import { channelShares } from '../processor/channel-mix.js';
import type { ToneRenderer } from '../signals/audio/tone-renderer.js';

/** Samples that are there as a whole. */
export interface SampleClip {
  /** One for each channel, all of one length. */
  readonly planes: readonly Float32Array[];
  /** Hertz. */
  readonly sampleRate: number;
  /** When the first sample is played, in milliseconds of the page's timeline; `undefined` as long as it is not known. */
  start?: number | undefined;
}

/** Plays a clip for one layer, once. Samples of another rate are interpolated. */
export class ClipRenderer implements ToneRenderer {
  readonly #clip: SampleClip;
  readonly #sampleRate: number;
  /** A layer that was there before the clip began plays all of it. */
  readonly #isEarly: boolean;
  /** The number of the clip's next sample, below 0 before the first one. It has a fraction if the rates differ. */
  #position: number | null = null;
  /** The number of the sample, of the mixer, that follows the last block. */
  #next = 0;

  constructor(clip: SampleClip, sampleRate: number) {
    this.#clip = clip;
    this.#sampleRate = sampleRate;
    this.#isEarly = clip.start === undefined;
  }

  render(planes: readonly Float32Array[], n: number): void {
    const length = planes[0]?.length ?? 0;
    const { start, sampleRate } = this.#clip;
    if (start === undefined) {
      for (const plane of planes) plane.fill(0);
      return;
    }
    const step = sampleRate / this.#sampleRate;
    const position = this.#positionAt(n, start, step);
    for (const [channel, plane] of planes.entries()) this.#read(plane, channel, planes.length, position, step);
    this.#position = position + length * step;
    this.#next = n + length;
  }

  /** Once it plays, it continues, also where the numbers of the mixer jump because a clock was read again. */
  #positionAt(n: number, start: number, step: number): number {
    if (this.#position === null) {
      const late = n - Math.round((start * this.#sampleRate) / 1000);
      return step * (this.#isEarly ? Math.min(0, late) : late);
    }
    // A mixer that plays between the samples asks for the last ones of a block again.
    const again = this.#next - n;
    return again > 0 && again <= MOST_AGAIN ? this.#position - again * step : this.#position;
  }

  #read(plane: Float32Array, channel: number, channels: number, from: number, step: number): void {
    const { planes } = this.#clip;
    const shares = channelShares(planes.length, channel, channels);
    // Beside the clip there is silence.
    const sampleAt = (number: number): number =>
      shares.reduce((sum, [input, gain]) => sum + gain * (planes[input]?.[number] ?? 0), 0);
    for (let i = 0; i < plane.length; i++) {
      const position = from + i * step;
      plane[i] = Number.isInteger(position) ? sampleAt(position) : interpolate(sampleAt, position);
    }
  }
}

/** By more, a mixer does not play between the samples: it has begun elsewhere. */
export const MOST_AGAIN = 64;
