/** Audio waits in a suspended `AudioContext`. This file is loaded when it does. */
export const suspendedWarning = (): DOMException =>
  new DOMException(
    'The browser lets audio run only after a user gesture: the track carries silence until the next click or key on the page.',
    'NotAllowedError',
  );
