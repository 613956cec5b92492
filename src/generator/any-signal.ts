/**
 * `AbortSignal.any()`, which Firefox 115 and other browsers of 2023 lack. The caller aborts one of the signals in the end: nothing
 * listens to the others then.
 */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const any = new AbortController();
  for (const signal of signals) {
    const abort = () => any.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { signal: any.signal });
  }
  return any.signal;
}
