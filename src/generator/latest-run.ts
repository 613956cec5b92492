/**
 * Of several runs of the same work, only the newest counts: the beginning of a run aborts the previous one. Asynchronous work
 * checks its own signal after each wait, so that a late result never overwrites a newer one.
 *
 * ```ts
 * const signal = this.#run.begin();
 * const track = await open(signal);
 * if (signal.aborted) track.stop();
 * ```
 */
export class LatestRun {
  #controller: AbortController | null = null;

  /** Begins a run. Its signal is aborted by the next `begin()` or by `cancel()`. */
  begin(): AbortSignal {
    this.cancel();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  /** Aborts the current run, if there is one. */
  cancel(): void {
    this.#controller?.abort(new DOMException('A newer run replaced this one.', 'AbortError'));
    this.#controller = null;
  }

  /** Whether a run has begun and was not cancelled. */
  get isRunning(): boolean {
    return this.#controller !== null;
  }
}
