/** The timeline of a recording: it begins with `start()`, and stands still during pauses. */
export class RecordingClock {
  #origin: number | null = null;
  #pauseStart: number | null = null;
  readonly #now: () => number;

  /** @param now The time in milliseconds, for tests. */
  constructor(now: () => number = RecordingClock.now) {
    this.#now = now;
  }

  /** Milliseconds since 1970, with fractions: the page's worklet and its workers agree on it. */
  static now(): number {
    return performance.timeOrigin + performance.now();
  }

  get paused(): boolean {
    return this.#pauseStart !== null;
  }

  set paused(paused: boolean) {
    if (paused === this.paused) return;
    if (paused) {
      this.#pauseStart = this.#now();
      return;
    }
    if (this.#origin !== null) this.#origin += this.#now() - (this.#pauseStart ?? 0);
    this.#pauseStart = null;
  }

  /** Begins the timeline, unless it has begun. */
  start(): void {
    this.#origin ??= this.#now();
  }

  /** Seconds in the recording of a time in milliseconds; negative before its start. */
  secondsOf(time: number): number {
    return (time - (this.#origin ?? time)) / 1000;
  }

  /** The recorded time in seconds. */
  get seconds(): number {
    return this.#origin === null ? 0 : ((this.#pauseStart ?? this.#now()) - this.#origin) / 1000;
  }
}
