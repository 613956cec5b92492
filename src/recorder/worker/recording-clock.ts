/** The timeline of a recording: it begins with `start()`, and stands still during pauses. */
export class RecordingClock {
  #origin: number | null = null;
  #pauseStart: number | null = null;

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
      this.#pauseStart = RecordingClock.now();
      return;
    }
    if (this.#origin !== null) this.#origin += RecordingClock.now() - (this.#pauseStart ?? 0);
    this.#pauseStart = null;
  }

  /** Begins the timeline, unless it has begun. */
  start(): void {
    this.#origin ??= RecordingClock.now();
  }

  /** Seconds in the recording of a time in milliseconds; negative before its start. */
  secondsOf(time: number): number {
    return (time - (this.#origin ?? time)) / 1000;
  }

  /** The recorded time in seconds. */
  get seconds(): number {
    return this.#origin === null ? 0 : ((this.#pauseStart ?? RecordingClock.now()) - this.#origin) / 1000;
  }
}
