import { type ChannelLevels, type ChannelMaxima, ChannelMeter, noMaxima } from './channel-meter.js';
import { Correlation } from './correlation.js';
import { Loudness, type LoudnessLevels, STEP_S } from './loudness.js';

/** All levels of an audio track. */
export interface AudioLevels {
  /** One for each channel, left first. */
  readonly channels: readonly ChannelLevels[];
  readonly loudness: LoudnessLevels;
  /**
   * How alike the first two channels are over the last 400 ms: 1 the same, 0 unrelated, −1 of opposite polarity. `null` for one
   * channel, or if one of the two is silent.
   */
  readonly correlation: number | null;
  /** Seconds of audio since the start or the last reset. */
  readonly duration: number;
  /** Hz. */
  readonly sampleRate: number;
}

/** Levels are read 20 times a second. */
export const LEVELS_PER_SECOND = 20;
const STEPS_PER_READING = Math.round(1 / (STEP_S * LEVELS_PER_SECOND));

/**
 * Measures the samples of a track: peaks, RMS, loudness, correlation. A pure function of the samples; it needs no clock.
 *
 * ```ts
 * const meter = new AudioMeter((levels) => show(levels));
 * meter.add(planes, 48_000);
 * ```
 */
export class AudioMeter {
  readonly #onLevels: (levels: AudioLevels) => void;
  readonly #loudness = new Loudness();
  readonly #correlation = new Correlation();
  #channels: readonly ChannelMeter[] = [];
  /** The meters of all channels so far: a track may change to fewer channels, and back. */
  readonly #maxima: ChannelMaxima[] = [];
  #weights: readonly number[] = [];
  #sampleRate = 0;
  #stepLength = 0;
  #filled = 0;
  #unreadSteps = 0;
  #duration = 0;

  /** @param onLevels Called for each twentieth of a second of audio. */
  constructor(onLevels: (levels: AudioLevels) => void) {
    this.#onLevels = onLevels;
  }

  /**
   * Takes samples, one plane for each channel. Another number of channels or rate than before is taken up without a break: the
   * maxima and clips of each channel stay.
   */
  add(planes: readonly Float32Array[], sampleRate: number): void {
    const [first] = planes;
    if (!first) return;
    if (planes.length !== this.#channels.length || sampleRate !== this.#sampleRate)
      this.#begin(planes.length, sampleRate);
    for (let at = 0; at < first.length; ) {
      const end = Math.min(first.length, at + this.#stepLength - this.#filled);
      for (const [index, channel] of this.#channels.entries()) channel.add(planes[index], at, end);
      if (planes.length > 1) this.#correlation.add(first, planes[1], at, end);
      this.#filled += end - at;
      at = end;
      if (this.#filled === this.#stepLength) this.#endStep();
    }
  }

  /** Starts integrated loudness, range, maxima, clips and `duration` again. */
  reset(): void {
    this.#loudness.reset();
    this.#maxima.length = this.#channels.length;
    for (const channel of this.#channels) channel.reset();
    this.#duration = 0;
  }

  #begin(channels: number, sampleRate: number): void {
    this.#channels = Array.from({ length: channels }, (_, index) => {
      this.#maxima[index] ??= noMaxima();
      return new ChannelMeter(sampleRate, this.#maxima[index]);
    });
    this.#weights = channelWeights(channels);
    this.#sampleRate = sampleRate;
    this.#stepLength = Math.max(1, Math.round(sampleRate * STEP_S));
    this.#filled = 0;
    this.#correlation.restart();
  }

  #endStep(): void {
    let sum = 0;
    for (const [index, channel] of this.#channels.entries()) {
      sum += this.#weights[index] * channel.endStep(this.#stepLength);
    }
    this.#loudness.add(sum);
    this.#correlation.endStep();
    this.#filled = 0;
    this.#duration += this.#stepLength / this.#sampleRate;
    this.#unreadSteps++;
    if (this.#unreadSteps >= STEPS_PER_READING) this.#read();
  }

  #read(): void {
    this.#unreadSteps = 0;
    this.#onLevels({
      channels: this.#channels.map((channel) => channel.read()),
      loudness: this.#loudness.levels,
      correlation: this.#correlation.value,
      duration: this.#duration,
      sampleRate: this.#sampleRate,
    });
  }
}

/**
 * The weights of channels by their number, in the order of the Web Audio API and of WAVE files: ITU-R BS.1770-5, Annex 3. The
 * channels at the sides of the listener have 1.41, the channel of low frequencies has 0, and channels behind or in front have
 * 1.
 */
export function channelWeights(channels: number): readonly number[] {
  const known = WEIGHTS[channels];
  return known ?? Array.from({ length: channels }, () => 1);
}

const SIDE = 1.41;

const WEIGHTS: Readonly<Record<number, readonly number[]>> = {
  // Left, right, and the two at the sides.
  4: [1, 1, SIDE, SIDE],
  // Left, right, centre, and the two at the sides.
  5: [1, 1, 1, SIDE, SIDE],
  // The same, with low frequencies as the fourth.
  6: [1, 1, 1, 0, SIDE, SIDE],
  // With one channel behind, which comes before those at the sides.
  7: [1, 1, 1, 0, 1, SIDE, SIDE],
  // With two channels behind, which come before those at the sides.
  8: [1, 1, 1, 0, 1, 1, SIDE, SIDE],
};
