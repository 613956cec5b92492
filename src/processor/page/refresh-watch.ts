/**
 * Measures the time between two refreshes of the screen: once for the page before the first reader begins, and again now and
 * then, because a window may move to another screen. The readers of a page share the newest measurement.
 */
export class RefreshWatch {
  readonly #closing = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param signal Ends the wait for the first measurement of the page: it resolves. */
  static async open(signal: AbortSignal): Promise<RefreshWatch> {
    const isNew = measured === null;
    if (isNew) await measure(signal);
    const watch = new RefreshWatch();
    if (!isNew) void measure(watch.#closing.signal);
    return watch;
  }

  private constructor() {
    this.#timer = setInterval(() => void measure(this.#closing.signal), MEASURE_INTERVAL_MS);
  }

  /** Milliseconds. */
  get interval(): number {
    return measured ?? USUAL_INTERVAL_MS;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#closing.abort();
  }
}

/** The newest measurement of the page, in milliseconds. */
let measured: number | null = null;

/** Measures, unless the signal ends it or the page is hidden: a hidden page has no animation frames. */
function measure(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const times: number[] = [];
    const end = () => {
      cancelAnimationFrame(request);
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const read = (time: number) => {
      times.push(time);
      if (times.length <= READINGS) {
        request = requestAnimationFrame(read);
        return;
      }
      const intervals = times.slice(1).map((each, index) => each - (times[index] as number));
      // A busy page misses refreshes, so that the longer half does not count.
      measured = intervals.sort((a, b) => a - b)[READINGS >> 2] as number;
      end();
    };
    let request = requestAnimationFrame(read);
    const timer = setTimeout(end, TIMEOUT_MS);
    signal.addEventListener('abort', end);
  });
}

const READINGS = 8;
const TIMEOUT_MS = 500;
const MEASURE_INTERVAL_MS = 10_000;
const USUAL_INTERVAL_MS = 1000 / 60;
