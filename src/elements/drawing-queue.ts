/* Elements that show levels draw together: ten meters then cost the browser twenty frames a second, not two hundred. */

/** The time between two drawings: that between two readings, less what timers are late. */
const DRAWING_INTERVAL_MS = 40;

const waiting = new Set<() => void>();
let isScheduled = false;
let last = Number.NEGATIVE_INFINITY;

/** Draws in an animation frame, with all others that wait, once. */
export function drawSoon(draw: () => void): void {
  waiting.add(draw);
  if (isScheduled) return;
  isScheduled = true;
  const delay = last + DRAWING_INTERVAL_MS - performance.now();
  if (delay > 0) setTimeout(() => requestAnimationFrame(drawAll), delay);
  else requestAnimationFrame(drawAll);
}

/** Gives up a drawing that waits. */
export const cancelDrawing = (draw: () => void): void => void waiting.delete(draw);

function drawAll(): void {
  isScheduled = false;
  last = performance.now();
  const draws = [...waiting];
  waiting.clear();
  for (const draw of draws) draw();
}
