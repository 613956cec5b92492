/** The last warning of each target. */
const lastMessages = new WeakMap<EventTarget, string>();

/**
 * Fires a cancelable `warning` event. Its message also goes to the console, unless a listener prevents that: the same message
 * once in a row.
 */
export function fireWarning(target: EventTarget, error: Error): void {
  const { message } = error;
  const isShown = target.dispatchEvent(new ErrorEvent('warning', { error, message, cancelable: true }));
  if (isShown && message !== lastMessages.get(target)) console.warn(`track-elements: ${message}`);
  lastMessages.set(target, message);
}
