/** Time and chance, so that a test can bring its own. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`: what an HTTP date is compared with. */
  now(): number;
  /** Calls back once after milliseconds. Returns what forgets it. */
  after(milliseconds: number, callback: () => void): () => void;
  /** From 0 to below 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Resolves after milliseconds; rejects with the signal's reason when that comes first. */
export function passed(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  let forget = (): void => {};
  const timer = new Promise<void>((resolve) => {
    forget = clock.after(milliseconds, resolve);
  });
  return unlessAborted(signal, timer).finally(() => forget());
}

/**
 * What a promise comes to, or the signal's reason when that is first. A closed `RTCPeerConnection` leaves its promises
 * pending for ever, so whoever waits for one has to watch for the end too.
 */
export function unlessAborted<T>(signal: AbortSignal, promise: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
