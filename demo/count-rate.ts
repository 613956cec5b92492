/** The rate is an average over this time. */
const WINDOW_MS = 2400;

/** How fast a count grows per second. */
export class CountRate {
  readonly #samples: { count: number; time: number }[] = [];

  /** Adds a new count. Returns the rate per second, or `null` after the first count. */
  add(count: number): number | null {
    const samples = this.#samples;
    const time = performance.now();
    // A lower count belongs to a new track.
    if (count < (samples.at(-1)?.count ?? 0)) samples.length = 0;
    samples.push({ count, time });
    while (samples.length > 2 && time - samples[0].time > WINDOW_MS) samples.shift();
    const [first] = samples;
    return samples.length < 2 ? null : (1000 * (count - first.count)) / (time - first.time);
  }
}
