/** Calls back at each user gesture on the page, after which browsers let audio run, until the signal is aborted. */
export function onGesture(callback: () => void, signal: AbortSignal): void {
  for (const type of GESTURES) addEventListener(type, callback, { capture: true, signal });
}

const GESTURES = ['pointerdown', 'pointerup', 'keydown', 'touchend', 'click'];
