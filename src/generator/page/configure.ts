import { checkBackend } from './backend.js';
import { type Configuration, configuration } from './configuration.js';

export type { Configuration } from './configuration.js';

/**
 * Sets where the worker and the worklet are served and which backends serve the page.
 * @throws {TypeError} for a backend that does not exist.
 * @throws {DOMException} `InvalidStateError` once a generator or a source has started.
 */
export function configure(wanted: Configuration): void {
  if (configuration.used) {
    throw new DOMException(
      'configure() came after the first generator or source had started: call it before.',
      'InvalidStateError',
    );
  }
  checkBackend('video', wanted.backends?.video);
  checkBackend('audio', wanted.backends?.audio);
  Object.assign(configuration, wanted);
}
