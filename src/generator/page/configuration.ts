import type { Backend } from './backend.js';

/** What can be set for the whole page, before the first start. */
export interface Configuration {
  /**
   * Where the page serves `track-elements/workers/engine-worker.js` itself, and beside it what that loads when it is needed,
   * `audio-part.js`, `extra-patterns-part.js`, `decorations-part.js` and `impairment-part.js`: for content security policies that forbid `blob:` workers. A `TrustedScriptURL`
   * where the page requires trusted types.
   */
  workerUrl?: string | URL | object;
  /** Where the page serves `track-elements/workers/engine-worklet.js` itself. */
  workletUrl?: string | URL | object;
  /** Backends to use in place of the best that the browser has: `{ video: 'canvas', audio: 'worklet' }`. */
  backends?: { video?: Backend; audio?: Backend };
}

/** What has been set, and whether something has started with it: from then on it stands. */
export const configuration: Configuration & { used: boolean } = { used: false };

/** The configuration, for what is about to start. */
export const freezeConfiguration = (): Readonly<Configuration> => {
  configuration.used = true;
  return configuration;
};
