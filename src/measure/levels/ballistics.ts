/** A peak falls by 20 dB in 1.7 s, as in IEC 60268-18: a short one stays long enough to be seen. */
const FALL_DB_PER_S = 20 / 1.7;

/** Sums of seconds are not exact. */
const ROUNDING_S = 1e-6;

/** The movement of a bar and of the mark at its highest peak. */
export class PeakBallistics {
  #shown = Number.NEGATIVE_INFINITY;
  #held = Number.NEGATIVE_INFINITY;
  #heldFor = 0;

  /** The level that a bar shows, in dB. */
  get shown(): number {
    return this.#shown;
  }

  /** The highest level of the last seconds, in dB. */
  get held(): number {
    return this.#held;
  }

  /**
   * Takes the level of the last `seconds`.
   *
   * @param holdSeconds How long the highest peak is held; then the mark falls to the bar.
   */
  advance(level: number, seconds: number, holdSeconds: number): void {
    this.#shown = Math.max(level, this.#shown - FALL_DB_PER_S * seconds);
    this.#heldFor += seconds;
    if (level >= this.#held) {
      this.#held = level;
      this.#heldFor = 0;
    } else if (this.#heldFor >= holdSeconds - ROUNDING_S) this.#held = this.#shown;
  }

  /** Lets bar and mark fall to nothing at once. */
  reset(): void {
    this.#shown = this.#held = Number.NEGATIVE_INFINITY;
    this.#heldFor = 0;
  }
}
