/* The warnings of tracks. This file is loaded when there is something to warn of. */
import { report } from './report.js';

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

/** Fires the warning as an event. */
export const warn = (target: EventTarget, name: WarningName): void => report(target, 'warning', warningOf(name));
