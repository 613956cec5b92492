import { VERSION } from '../version.js';
import { configurationNow } from './configuration.js';
import { loadText, policyNow, trusted } from './load-text.js';

/** A self-contained file of the library that runs in a worker or a worklet. */
export interface Script {
  /** Its name in `track-elements/workers/`: it begins with `track-elements-`, so that no file of the page has it. */
  readonly file: string;
  /** Imports the module that exports the file's text. */
  readonly text: () => Promise<{ readonly text: string }>;
}

/**
 * The one way to load a script:
 *
 * 1. from the folder that `configure()` was given, and then from nowhere else;
 * 2. from the library's own folder, if the page's server serves that as it is, without a bundler;
 * 3. from its text, by a `blob:` URL. Bundlers need not know of the file.
 *
 * @param load Loads the script from a URL, which is a `TrustedScriptURL` where the page has such.
 * @throws {DOMException} `NetworkError` that says which files to serve.
 */
export async function loadScript<T>({ file, text }: Script, load: (url: string) => Promise<T>): Promise<T> {
  const { baseUrl } = configurationNow();
  const given = baseUrl ? new URL(baseUrl, document.baseURI) : null;
  if (given && !given.pathname.endsWith('/')) given.pathname += '/';
  const fromFolder = (folder: URL) => load(trusted(new URL(file, folder).href));
  try {
    if (given) return await fromFolder(given);
    const folder = ownFolder();
    if (folder) {
      try {
        return await fromFolder(folder);
      } catch {}
    }
    return await loadText((await text()).text, load);
  } catch (reason) {
    const { loadError } = await import('./load-error.js');
    throw loadError({ file, version: VERSION, folder: given?.href, reason, policy: policyNow() });
  }
}

/**
 * The folder of the files, if the page's own server serves this module as it lies in the package. A bundler moves the module,
 * and a browser starts no worker from another origin. The URL is in a variable, so that no bundler looks for a file.
 */
function ownFolder(): URL | null {
  // A classic script has none.
  const here = import.meta.url;
  if (!/\/generator\/page\/load-script\.js\b/.test(here)) return null;
  const folder = new URL('../../workers/', here);
  return folder.origin === location.origin ? folder : null;
}
