/** Does work piece by piece while the page has nothing else to do, so that no frame of it is late. */
export function whenIdle(pieces: readonly (() => void)[]): void {
  const waiting = [...pieces];
  const work = (timeLeft: () => number) => {
    do waiting.shift()?.();
    while (waiting.length > 0 && timeLeft() > 4);
    if (waiting.length > 0) next();
  };
  // WebKit has no idle callbacks.
  const next = () => {
    if (typeof requestIdleCallback === 'function')
      requestIdleCallback((deadline) => work(() => deadline.timeRemaining()));
    else setTimeout(work, 8, () => 0);
  };
  next();
}
