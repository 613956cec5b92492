/** Measures time, except while it is halted. */
export class Stopwatch {
  #secondsBefore = 0;
  #startTime: number | null = null;
  #hasEnded = false;

  get seconds(): number {
    return this.#secondsBefore + (this.#startTime === null ? 0 : (performance.now() - this.#startTime) / 1000);
  }

  run(): void {
    if (!this.#hasEnded) this.#startTime ??= performance.now();
  }

  halt(): void {
    this.#secondsBefore = this.seconds;
    this.#startTime = null;
  }

  /** Halts it for ever. */
  end(): void {
    this.halt();
    this.#hasEnded = true;
  }
}
