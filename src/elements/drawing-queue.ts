import { isMotionReduced } from './reduced-motion.js';

/* Elements that show levels draw together: ten meters then cost the browser eleven frames a second, not two hundred. */

/**
 * The time between two drawings, minus the wait for an animation frame, and the time that each element adds to it: a single meter is
 * drawn 17 times per second, ten are drawn 11 times. The bars move with every reading, and there are more readings than drawings: so
 * no peak is lost. The browser's work for a frame costs more than everything that is drawn in it.
 */
const SHORTEST_INTERVAL_MS = 50;
const INTERVAL_OF_AN_ELEMENT_MS = 4;
/** Live meters are drawn at least ten times a second, by EBU Tech 3341. */
const LONGEST_INTERVAL_MS = 85;
/** Numbers that change more often cannot be read. They are laid out, so that all meters write them in the same frame. */
const NUMBER_INTERVAL_MS = 240;

/** Draws. @param writesNumbers Whether the numbers are due, too. */
export type Drawing = (writesNumbers: boolean) => void;

const waiting = new Set<Drawing>();
/** The elements that were drawn since numbers were last due. Each of them draws at least once in this time. */
const drawn = new Set<Drawing>();
/** How many elements were drawn in the time before. */
let drawnElements = 0;
/** The window whose next animation frame draws; `null` while nothing waits. */
let drawingWindow: Window | null = null;
let lastDrawing = Number.NEGATIVE_INFINITY;
let lastNumbers = Number.NEGATIVE_INFINITY;

/**
 * Draws once, in an animation frame, together with all others that wait. If the user prefers less motion, it draws only as often
 * as numbers are due.
 *
 * @param view The window of the element, which is visible. Its frames are used while the window of the script is hidden.
 */
export function drawSoon(draw: Drawing, view: Window): void {
  waiting.add(draw);
  // A window that was hidden or closed in the meantime has no animation frames any more.
  if (drawingWindow?.document?.visibilityState === 'visible') return;
  const chosen = document.visibilityState === 'visible' ? window : view;
  drawingWindow = chosen;
  const interval = isMotionReduced() ? NUMBER_INTERVAL_MS : drawingInterval();
  const delay = lastDrawing + interval - performance.now();
  if (delay > 0) setTimeout(() => chosen.requestAnimationFrame(drawAll), delay);
  else chosen.requestAnimationFrame(drawAll);
}

const drawingInterval = () =>
  Math.min(SHORTEST_INTERVAL_MS + drawnElements * INTERVAL_OF_AN_ELEMENT_MS, LONGEST_INTERVAL_MS);

/** Cancels a drawing that waits. */
export const cancelDrawing = (draw: Drawing): void => void waiting.delete(draw);

function drawAll(): void {
  drawingWindow = null;
  lastDrawing = performance.now();
  const writesNumbers = lastDrawing - lastNumbers >= NUMBER_INTERVAL_MS;
  if (writesNumbers) {
    lastNumbers = lastDrawing;
    drawnElements = drawn.size;
    drawn.clear();
  }
  const draws = [...waiting];
  waiting.clear();
  for (const draw of draws) {
    drawn.add(draw);
    draw(writesNumbers);
  }
}
