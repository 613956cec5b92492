let known: number | undefined;

/** The step of the browser's clock in milliseconds: 0.1 in Chromium, 1 in Firefox, more where it protects from fingerprinting. */
export function timerStep(): number {
  known ??= measureStep();
  return known;
}

function measureStep(): number {
  let [last, smallest, changes] = [performance.now(), Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < MOST_READINGS && changes < 3; i++) {
    const now = performance.now();
    if (now === last) continue;
    smallest = Math.min(smallest, now - last);
    last = now;
    changes++;
  }
  return changes > 0 ? smallest : COARSE_STEP_MS;
}

/** Some milliseconds of them. */
const MOST_READINGS = 50_000;
const COARSE_STEP_MS = 100;
