/**
 * Keeps the peaks of a sum at −1 dBFS. It has no delay, so that what it lets through stays on the timeline: a sample that
 * would be too high turns all channels down at once; they come back smoothly once it has been quiet enough for a while.
 * As long as it has nothing to do it changes no bit.
 */
export class Limiter {
  #gain = 1;
  /** Samples until it may turn up again. */
  #hold = 0;

  /** Limits the planes in place; one that is switched off only comes back to where it does nothing. */
  apply(planes: readonly Float32Array[], rate: number, on: boolean): void {
    if (!on && this.#gain === 1) return;
    const share = 1 / (RELEASE * rate);
    const length = planes[0]?.length ?? 0;
    for (let i = 0; i < length; i++) {
      let peak = 0;
      for (const plane of planes) peak = Math.max(peak, Math.abs(plane[i] as number));
      if (on && peak * this.#gain > CEILING * NEARLY) {
        this.#gain = Math.min(this.#gain, CEILING / peak);
        this.#hold = HOLD * rate;
      } else if (this.#hold > 0) {
        this.#hold--;
      } else if (this.#gain < 1) {
        this.#gain += (1 - this.#gain) * share;
        if (this.#gain > INAUDIBLE) this.#gain = 1;
      }
      if (this.#gain < 1) for (const plane of planes) plane[i] = (plane[i] as number) * this.#gain;
    }
  }
}

/** −1 dBFS: between the samples a wave may stand a little higher. */
const CEILING = 10 ** (-1 / 20);

/** Seconds without a peak after which it turns up: longer than a cycle of the lowest tone that is heard. */
const HOLD = 0.06;

/** Seconds in which it comes back by two thirds. */
const RELEASE = 0.2;

/** Peaks of a steady tone differ by where the samples fall: up to here they count as the same. */
const NEARLY = 0.98;

/** From here to 1 is a step at −120 dB. */
const INAUDIBLE = 1 - 1e-6;
