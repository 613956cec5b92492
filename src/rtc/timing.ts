/** Time and randomness. A test passes its own clock, so that it runs faster and is repeatable. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`. HTTP dates are compared with it. */
  now(): number;
  /** Calls back once after `milliseconds`. Returns a function that cancels the call. */
  after(milliseconds: number, callback: () => void): () => void;
  /** A number from 0 to below 1, as `Math.random()`. */
  random(): number;
}

/** The longest timer: one of 2³¹ ms or more fires at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Resolves after `milliseconds`. Rejects with the signal's reason if the signal is aborted first. */
export function delay(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  let cancel = (): void => {};
  const timer = new Promise<void>((resolve) => {
    cancel = clock.after(milliseconds, resolve);
  });
  return abortable(signal, timer).finally(() => cancel());
}

/**
 * Settles as `promise` does, or rejects with the signal's reason if the signal is aborted first. A closed
 * `RTCPeerConnection` leaves its promises pending for ever, so every wait for one of them needs a signal.
 */
export function abortable<T>(signal: AbortSignal, promise: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
