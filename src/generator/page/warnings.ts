/* The warnings of tracks. This file is loaded when there is something to warn of. */

const warnings = {
  /** Audio waits in a suspended `AudioContext`. */
  suspended: () =>
    new DOMException(
      'The browser lets audio run only after a user gesture: the track carries silence until the next click or key on the page.',
      'NotAllowedError',
    ),
  /** A canvas was written whose picture is transparent as a whole. */
  emptyCanvas: () =>
    new DOMException(
      'data is a canvas without a picture: all of it is transparent. A canvas of WebGL or WebGPU loses its picture once it ' +
        'has been shown: write it in the task that draws it, or make its context with preserveDrawingBuffer: true.',
      'InvalidStateError',
    ),
};

export type WarningName = keyof typeof warnings;

export const warningOf = (name: WarningName): Error => warnings[name]();

/** Fires a `warning` event. Unless it is prevented, its message goes to the console. */
export function warn(target: EventTarget, name: WarningName): void {
  const error = warningOf(name);
  const { message } = error;
  const isShown = target.dispatchEvent(new ErrorEvent('warning', { error, message, cancelable: true }));
  if (isShown) console.warn(`track-elements: ${message}`);
}
