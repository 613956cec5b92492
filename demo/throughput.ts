/** How fast a count grows, over the last two seconds or so. */
export class Throughput {
  readonly #samples: { count: number; time: number }[] = [];

  /** Takes a new count. Returns its growth a second, or `null` while there is none to tell. */
  next(count: number): number | null {
    const samples = this.#samples;
    const time = performance.now();
    // A count that has begun anew.
    if (count < (samples.at(-1)?.count ?? 0)) samples.length = 0;
    samples.push({ count, time });
    while (samples.length > 2 && time - samples[0].time > 2400) samples.shift();
    const [first] = samples;
    return samples.length < 2 ? null : (1000 * (count - first.count)) / (time - first.time);
  }
}
