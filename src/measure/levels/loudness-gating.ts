/** The loudness of a mean square of K-weighted samples, in LUFS: ITU-R BS.1770-5, Annex 1. */
export const loudnessOf = (meanSquare: number): number => -0.691 + 10 * Math.log10(meanSquare);

/** Gates that leave out what is quiet: ITU-R BS.1770-5 for the integrated loudness, EBU Tech 3342 for the range. */
const ABSOLUTE_GATE_LUFS = -70;
const INTEGRATED_GATE_LU = -10;
const RANGE_GATE_LU = -20;

/** The part of the blocks that is below the lower and above the higher end of the range: EBU Tech 3342. */
const LOWER_PERCENTILE = 0.1;
const HIGHER_PERCENTILE = 0.95;

const BIN_LU = 0.01;
const BINS = 10_000;

/**
 * All blocks of a measurement, by their loudness. They are counted in bins of 0.01 LU with their exact energies, so that a
 * measurement of days takes no more memory than one of seconds.
 */
export class LoudnessBlocks {
  readonly #counts = new Uint32Array(BINS);
  readonly #energies = new Float64Array(BINS);
  #count = 0;
  #energy = 0;
  #lowest = BINS;
  #highest = -1;

  /** Counts a block, if it is above the absolute gate. */
  add(meanSquare: number): void {
    const loudness = loudnessOf(meanSquare);
    if (!(loudness > ABSOLUTE_GATE_LUFS)) return;
    const bin = Math.min(BINS - 1, binOf(loudness));
    this.#counts[bin]++;
    this.#energies[bin] += meanSquare;
    this.#count++;
    this.#energy += meanSquare;
    this.#lowest = Math.min(this.#lowest, bin);
    this.#highest = Math.max(this.#highest, bin);
  }

  /** The integrated loudness in LUFS; −∞ if all blocks were below the absolute gate. */
  get integrated(): number {
    const first = this.#firstAbove(INTEGRATED_GATE_LU);
    let [count, energy] = [0, 0];
    for (let bin = first; bin <= this.#highest; bin++) {
      count += this.#counts[bin];
      energy += this.#energies[bin];
    }
    return count === 0 ? Number.NEGATIVE_INFINITY : loudnessOf(energy / count);
  }

  /** The loudness range in LU; `null` if all blocks were below the absolute gate. */
  get range(): number | null {
    const first = this.#firstAbove(RANGE_GATE_LU);
    let count = 0;
    for (let bin = first; bin <= this.#highest; bin++) count += this.#counts[bin];
    if (count === 0) return null;
    const lower = this.#binAt(Math.round((count - 1) * LOWER_PERCENTILE), first);
    const higher = this.#binAt(Math.round((count - 1) * HIGHER_PERCENTILE), first);
    return (higher - lower) * BIN_LU;
  }

  /** The first bin above a gate relative to the mean of all blocks that are above the absolute gate. */
  #firstAbove(gate: number): number {
    if (this.#count === 0) return BINS;
    const threshold = loudnessOf(this.#energy / this.#count) + gate;
    return Math.max(this.#lowest, binOf(Math.max(threshold, ABSOLUTE_GATE_LUFS)));
  }

  /** The bin of a block, whose rank is counted from 0 among the blocks from bin `first` on. */
  #binAt(rank: number, first: number): number {
    let passed = 0;
    for (let bin = first; bin <= this.#highest; bin++) {
      passed += this.#counts[bin];
      if (passed > rank) return bin;
    }
    return this.#highest;
  }
}

const binOf = (loudness: number): number => Math.floor((loudness - ABSOLUTE_GATE_LUFS) / BIN_LU);
