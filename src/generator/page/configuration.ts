import { valueError } from '../../signals/checks.js';
import { VERSION } from '../version.js';
import { type Backend, checkBackend } from './backend.js';

/** Settings of the whole page. */
export interface Configuration {
  /**
   * The folder in which the page serves the files of `track-elements/workers/` itself, absolute or relative to the document:
   * `/assets/track-elements/`. It is needed only where a content security policy forbids `blob:` URLs. Default: the library
   * finds its files by itself.
   */
  baseUrl?: string | URL;
  /** The backends to use instead of the best ones that the browser has: `{ video: 'canvas', audio: 'worklet' }`. */
  backends?: { video?: Backend; audio?: Backend };
}

/** The key of the page's settings. All copies of this version of the library share them; another version has other files. */
const KEY: unique symbol = Symbol.for(`track-elements ${VERSION}`);

const page = globalThis as { [KEY]?: Configuration };

/**
 * Sets where the page serves the files of the worker, and which backends make its tracks. It has an effect on
 * everything that starts afterwards, also on what another copy of the library of the same version starts. A static import of an
 * element in the same script does not start it too early. Later calls add to earlier ones; `undefined`, `null` and empty text set
 * the default.
 *
 * @throws {TypeError} for an unknown setting, an unknown backend, or a URL that cannot be read; then nothing is set.
 */
export function configure(configuration: Configuration): void {
  const { baseUrl, backends, ...others } = configuration ?? {};
  for (const name in others) throw valueError('A setting', name, 'baseUrl or backends', TypeError);
  // On a server, which renders pages, there is no document.
  if (baseUrl && !URL.canParse(baseUrl, globalThis.document?.baseURI ?? 'a:/')) {
    throw valueError('baseUrl', baseUrl, 'the URL of a folder, such as "/assets/track-elements/"', TypeError);
  }
  const { video, audio, ...kinds } = Object(backends);
  for (const _ in kinds) throw valueError('backends', backends, 'an object with video, audio, or both', TypeError);
  checkBackend('video', video);
  checkBackend('audio', audio);
  page[KEY] = { ...page[KEY], ...configuration };
}

/** The settings, for a start. */
export const configurationNow = (): Readonly<Configuration> => page[KEY] ?? {};
