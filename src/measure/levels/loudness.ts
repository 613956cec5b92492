import { LoudnessBlocks, loudnessOf } from './loudness-gating.js';

/** Loudness by ITU-R BS.1770-5, EBU Tech 3341 and EBU Tech 3342. `null` where not enough audio has come yet. */
export interface LoudnessLevels {
  /** LUFS over the last 400 ms; −∞ for silence. */
  readonly momentary: number | null;
  /** LUFS over the last three seconds; −∞ for silence. */
  readonly shortTerm: number | null;
  /** LUFS of everything since the start or the last reset, gated; −∞ if nothing was above −70 LUFS. */
  readonly integrated: number | null;
  /** The loudness range in LU. */
  readonly range: number | null;
  /** The highest momentary loudness in LUFS. */
  readonly maxMomentary: number | null;
  /** The highest short-term loudness in LUFS. */
  readonly maxShortTerm: number | null;
}

/** The length of a step: a tenth of the least distance between two readings of EBU Tech 3341, so that a short tone is hit. */
export const STEP_S = 0.01;

const MOMENTARY_STEPS = 40;
const SHORT_TERM_STEPS = 300;
/** Gating blocks of 400 ms overlap by 75 %. The range is made of short-term values at the same distance. */
const BLOCK_STEPS = 10;

/** Loudness of steps of 10 ms, each of which is the sum of the weighted mean squares of all channels. */
export class Loudness {
  readonly #steps = new Float64Array(SHORT_TERM_STEPS);
  #count = 0;
  #since = 0;
  #blocks = new LoudnessBlocks();
  #shortTerms = new LoudnessBlocks();
  #maxMomentary: number | null = null;
  #maxShortTerm: number | null = null;
  #integrated: number | null = null;
  #range: number | null = null;

  /** Adds a step. */
  add(meanSquare: number): void {
    this.#steps[this.#count % SHORT_TERM_STEPS] = meanSquare;
    this.#count++;
    const steps = this.#count - this.#since;
    const isBlock = steps % BLOCK_STEPS === 0;
    if (steps >= MOMENTARY_STEPS) {
      const mean = this.#mean(MOMENTARY_STEPS);
      this.#maxMomentary = Math.max(this.#maxMomentary ?? Number.NEGATIVE_INFINITY, loudnessOf(mean));
      if (isBlock) {
        this.#blocks.add(mean);
        this.#integrated = this.#blocks.integrated;
      }
    }
    if (steps >= SHORT_TERM_STEPS) {
      const mean = this.#mean(SHORT_TERM_STEPS);
      this.#maxShortTerm = Math.max(this.#maxShortTerm ?? Number.NEGATIVE_INFINITY, loudnessOf(mean));
      if (isBlock) {
        this.#shortTerms.add(mean);
        this.#range = this.#shortTerms.range;
      }
    }
  }

  get levels(): LoudnessLevels {
    return {
      momentary: this.#count < MOMENTARY_STEPS ? null : loudnessOf(this.#mean(MOMENTARY_STEPS)),
      shortTerm: this.#count < SHORT_TERM_STEPS ? null : loudnessOf(this.#mean(SHORT_TERM_STEPS)),
      integrated: this.#integrated,
      range: this.#range,
      maxMomentary: this.#maxMomentary,
      maxShortTerm: this.#maxShortTerm,
    };
  }

  /** Starts integrated loudness, range and maxima again, from audio that comes after this call. */
  reset(): void {
    this.#since = this.#count;
    this.#blocks = new LoudnessBlocks();
    this.#shortTerms = new LoudnessBlocks();
    this.#maxMomentary = this.#maxShortTerm = this.#integrated = this.#range = null;
  }

  /** The mean of the last steps: of a ring, whose end may lie before its beginning. */
  #mean(length: number): number {
    const end = this.#count % SHORT_TERM_STEPS;
    const start = end - length;
    let sum = 0;
    for (let i = Math.max(0, start); i < end; i++) sum += this.#steps[i];
    for (let i = SHORT_TERM_STEPS + start; i < SHORT_TERM_STEPS; i++) sum += this.#steps[i];
    return sum / length;
  }
}
