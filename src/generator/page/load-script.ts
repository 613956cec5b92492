import { has } from '../features.js';
import { VERSION } from '../version.js';
import { configurationNow } from './configuration.js';

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
  const given = baseUrl === undefined ? null : new URL(baseUrl, document.baseURI);
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
 * Loads a script's text by a `blob:` URL, which is revoked afterwards. A page of the origin `null`, such as a file of the disk or a
 * sandbox, has a `data:` URL in its place: in Chromium it imports no module from a `blob:` URL.
 */
export async function loadText<T>(text: string, load: (url: string) => Promise<T>): Promise<T> {
  const url =
    origin === 'null'
      ? `data:text/javascript,${encodeURIComponent(text)}`
      : URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    return await load(trusted(url));
  } finally {
    URL.revokeObjectURL(url);
  }
}

const loadings = new WeakMap<object, Map<unknown, Promise<void>>>();

/** Loads something into a worker, or into the worklet of a context, once. If that fails, the next call tries again. */
export function loadOnce(target: object, key: unknown, load: () => Promise<void>): Promise<void> {
  const loaded = loadings.get(target) ?? new Map<unknown, Promise<void>>();
  loadings.set(target, loaded);
  const loading = loaded.get(key) ?? load();
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
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

interface TrustedTypePolicy {
  createScriptURL(url: string): string;
}

declare const trustedTypes: { createPolicy(name: string, rules: TrustedTypePolicy): TrustedTypePolicy };

let policy: TrustedTypePolicy | null | undefined;

/** The policy `track-elements`, which only this module uses; `null` if the page does not allow it, `undefined` without trusted types. */
function policyNow(): TrustedTypePolicy | null | undefined {
  if (policy !== undefined || !has('trustedTypes')) return policy;
  try {
    policy = trustedTypes.createPolicy('track-elements', { createScriptURL: (url) => url });
  } catch {
    policy = null;
  }
  return policy;
}

const trusted = (url: string): string => policyNow()?.createScriptURL(url) ?? url;
