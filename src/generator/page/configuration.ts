import { type Backend, checkBackend } from './backend.js';

/** Settings of the whole page, made before the first start. */
export interface Configuration {
  /**
   * The URL at which the page serves `track-elements/workers/engine-worker.js` itself, for content security policies that
   * forbid `blob:` workers. Beside it the page serves the parts that the worker loads when they are needed:
   * `audio-part.js`, `extra-patterns-part.js`, `decorations-part.js`, `impairment-part.js` and `bt601-part.js`; and
   * `recorder-worker.js` for recordings. It is a `TrustedScriptURL` if the page requires trusted types.
   */
  workerUrl?: string | URL | object;
  /** The URL at which the page serves `track-elements/workers/engine-worklet.js` itself, and `recorder-worklet.js` beside it. */
  workletUrl?: string | URL | object;
  /** The backends to use instead of the best ones that the browser has: `{ video: 'canvas', audio: 'worklet' }`. */
  backends?: { video?: Backend; audio?: Backend };
}

let current: Configuration = {};
let isFrozen = false;

/**
 * Sets where the page serves the worker and the worklet, and which backends make its tracks. Later calls add to earlier
 * ones.
 *
 * @throws {TypeError} for an unknown backend; then nothing is set.
 * @throws {DOMException} `InvalidStateError` after the first generator or source has started.
 */
export function configure(configuration: Configuration): void {
  if (isFrozen) {
    throw new DOMException(
      'configure() was called after the first start of a generator or source: call it before.',
      'InvalidStateError',
    );
  }
  checkBackend('video', configuration.backends?.video);
  checkBackend('audio', configuration.backends?.audio);
  current = { ...current, ...configuration };
}

/** The configuration, for a start. From now on it cannot be changed. */
export function freezeConfiguration(): Readonly<Configuration> {
  isFrozen = true;
  return current;
}
