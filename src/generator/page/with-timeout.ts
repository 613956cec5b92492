/** Rejects with a `TimeoutError` after ten seconds: a script may load for ever, for example if it waits for a response. */
export function withTimeout<T>(loading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new DOMException('it did not load within 10 seconds', 'TimeoutError'));
    const timer = setTimeout(late, LOAD_TIMEOUT_MS);
    loading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const LOAD_TIMEOUT_MS = 10_000;
