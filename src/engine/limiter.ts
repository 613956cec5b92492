/**
 * Keeps the peaks of a sum at −1 dBFS. A sample that would be louder turns all channels down at once. They return
 * smoothly after a while without such a sample. The limiter has no delay, so that samples keep their place on the
 * timeline, and while it has nothing to do it changes no bit.
 */
export class Limiter {
  #gain = 1;
  /** Samples until the gain may rise. */
  #holdSamples = 0;

  /** Limits the planes in place. A limiter that was switched off only returns to a gain of 1. */
  apply(planes: readonly Float32Array[], sampleRate: number, isOn: boolean): void {
    if (!isOn && this.#gain === 1) return;
    const releaseShare = 1 / (RELEASE_S * sampleRate);
    const length = planes[0]?.length ?? 0;
    for (let i = 0; i < length; i++) {
      let peak = 0;
      for (const plane of planes) peak = Math.max(peak, Math.abs(plane[i]));
      if (isOn && peak * this.#gain > CEILING * SAME_PEAK) {
        this.#gain = Math.min(this.#gain, CEILING / peak);
        this.#holdSamples = HOLD_S * sampleRate;
      } else if (this.#holdSamples > 0) {
        this.#holdSamples--;
      } else if (this.#gain < 1) {
        this.#gain += (1 - this.#gain) * releaseShare;
        if (this.#gain > INAUDIBLE) this.#gain = 1;
      }
      if (this.#gain < 1) for (const plane of planes) plane[i] *= this.#gain;
    }
  }
}

/** −1 dBFS as an amplitude: between two samples a wave may be a little higher. */
const CEILING = 10 ** (-1 / 20);

/** The gain may rise after this long without a peak: longer than a cycle of the lowest audible tone. */
const HOLD_S = 0.06;

/** The gain returns by two thirds in this time. */
const RELEASE_S = 0.2;

/** The sampled peaks of a steady tone differ a little from cycle to cycle: from this share of the ceiling on they count as equal. */
const SAME_PEAK = 0.98;

/** From this gain to 1 is a step of −120 dB. */
const INAUDIBLE = 1 - 1e-6;
