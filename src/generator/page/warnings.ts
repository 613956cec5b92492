/* The warnings of tracks. This file is loaded when there is something to warn of. */
import { report } from './report.js';
import { suspendedWarning } from './suspended-warning.js';

const warnings = {
  suspended: () => suspendedWarning(),
  /** A canvas was written whose picture is transparent as a whole. */
  emptyCanvas: () =>
    new DOMException(
      'data is a canvas without a picture: all of it is transparent. A canvas of WebGL or WebGPU loses its picture once it ' +
        'has been shown: write it in the task that draws it, or make its context with preserveDrawingBuffer: true.',
      'InvalidStateError',
    ),
};

export type WarningName = keyof typeof warnings;

/** Fires the warning as an event. */
export const warn = (target: EventTarget, name: WarningName): void => report(target, 'warning', warnings[name]());
