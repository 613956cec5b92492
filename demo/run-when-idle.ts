/** A task is not started if less than this is left until the browser's next frame. */
const MIN_TIME_LEFT_MS = 4;

/** Runs tasks one after the other while the page is idle, so that its videos do not stutter. */
export function runWhenIdle(tasks: readonly (() => void)[]): void {
  const remaining = [...tasks];
  const run = (timeLeft: () => number) => {
    do remaining.shift()?.();
    while (remaining.length > 0 && timeLeft() > MIN_TIME_LEFT_MS);
    if (remaining.length > 0) schedule();
  };
  // WebKit has no idle callbacks.
  const schedule = () => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback((deadline) => run(() => deadline.timeRemaining()));
    } else setTimeout(run, 8, () => 0);
  };
  schedule();
}
