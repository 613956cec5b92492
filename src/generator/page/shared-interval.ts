const callbacks = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Calls back about every half second, all with one timer; returns what ends it. */
export function everyHalfSecond(callback: () => void): () => void {
  callbacks.add(callback);
  timer ??= setInterval(() => {
    for (const each of [...callbacks]) each();
  }, 500);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
