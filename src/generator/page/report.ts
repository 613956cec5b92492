import { has } from '../features.js';

/** Whether the engine has tracks. The DOM of a component test, such as jsdom, has none: nothing in it is worth an alarm. */
export const hasTracks = (): boolean => has('MediaStreamTrackEvent');

/** The last message of each target, with the type of its event. */
const lastMessages = new WeakMap<EventTarget, string>();

/**
 * Fires a cancelable `error` or `warning` event. Its message also goes to the console, together with the target, unless a
 * listener prevents that: the same message once in a row.
 */
export function report(target: EventTarget, type: 'error' | 'warning', error: Error): void {
  const { message } = error;
  const isShown = target.dispatchEvent(new ErrorEvent(type, { error, message, cancelable: true }));
  if (isShown && lastMessages.get(target) !== type + message) {
    const text = `track-elements: ${message}`;
    // Node would print all that happy-dom keeps in an element: thousands of lines.
    if (!hasTracks()) console.info(text);
    else console[type === 'error' ? type : 'warn'](text, target);
  }
  lastMessages.set(target, type + message);
}
