import { freezeConfiguration } from './configuration.js';

/** A self-contained file of the library that runs in a worker or a worklet. */
export interface Script {
  /** Its name in `track-elements/workers/`. */
  readonly file: string;
  /** Imports the module that exports the file's text. */
  readonly text: () => Promise<{ readonly text: string }>;
}

/** How a kind of script is loaded. */
export interface ScriptLoader<T> {
  /** The property of the configuration that has the script's URL. */
  readonly setting?: 'workerUrl' | 'workletUrl';
  readonly fromFile: () => Promise<T>;
  readonly fromUrl: (url: string | URL) => Promise<T>;
  /** The end of the error's advice: "engine-worker.js, and call configure({ workerUrl })". */
  readonly serve: string;
}

/**
 * The one way to load a script: from the URL that `configure()` was given; else from its file; else from its text as a
 * `blob:` URL, because browsers refuse files of another origin, some bundlers lose the file, and some servers answer
 * with a page.
 *
 * @throws {DOMException} `NetworkError` that says which file to serve.
 */
export async function loadScript<T>(
  { file, text }: Script,
  { setting, fromFile, fromUrl, serve }: ScriptLoader<T>,
): Promise<T> {
  const error = (from: string, advice: string) =>
    new DOMException(
      `${file} did not load from ${from}: ${advice}serve track-elements/workers/${serve}.`,
      'NetworkError',
    );
  // It may be a `TrustedScriptURL`, which has to be passed on as it is.
  const configured = setting && (freezeConfiguration()[setting] as URL | undefined);
  if (configured) {
    return fromUrl(configured).catch(() => {
      throw error(`${configured}`, '');
    });
  }
  try {
    return await fromFile();
  } catch {}
  try {
    return await loadText((await text()).text, fromUrl);
  } catch {
    throw error('its file or a blob: URL', 'if a content security policy forbids these, ');
  }
}

/** Loads a script's text by a `blob:` URL, which is revoked afterwards. */
export async function loadText<T>(text: string, load: (url: string) => Promise<T>): Promise<T> {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    return await load(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

const loadings = new WeakMap<object, Map<unknown, Promise<void>>>();

/** Loads something into a worker or a worklet once. If that fails, the next call tries again. */
export function loadOnce(target: Worker | Worklet, key: unknown, load: () => Promise<void>): Promise<void> {
  const loaded = loadings.get(target) ?? new Map<unknown, Promise<void>>();
  loadings.set(target, loaded);
  const loading = loaded.get(key) ?? load();
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
}
