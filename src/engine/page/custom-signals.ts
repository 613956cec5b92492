/* Signals that a page defines itself: their names, and how their modules are loaded. */
import { loadOnce, loadText } from '../../generator/page/load-script.js';
import { withTimeout } from '../../generator/page/with-timeout.js';
import { valueError } from '../../signals/checks.js';
import type { Composition } from '../composition.js';
import type { SignalName } from '../messages.js';
import { importInWorker } from './engine-client.js';
import type { LayerError } from './playback.js';

/**
 * Defines a pattern of the page's own, which then works in markup: `<pattern-source pattern="my-bars">`. It replaces a
 * pattern of the library that has the same name.
 *
 * The engine's worker loads the module when a source first uses the name. The module's default export has the shape of
 * the library's own patterns (`Pattern`): an object with `prepare(description, params)`, which returns
 * `{ picture, key(n), render(n) }`; and optionally `params`, a table of the parameters that it accepts. If the module
 * does not load or throws, only the sources that use the name fail.
 *
 * @param name Starts with a letter; letters, digits, `.`, `_` and `-` follow.
 * @param moduleUrl URL of an ES module, relative to the document.
 * @throws {TypeError} for an invalid name or URL.
 * @throws {DOMException} `NotSupportedError` if the name is already defined with another URL.
 */
export const definePattern = (name: string, moduleUrl: string | URL): void =>
  define({ kind: 'video', name }, moduleUrl);

/**
 * Defines a waveform of the page's own: `<tone-source waveform="my-wave">`. Names, URLs and errors are as for
 * `definePattern()`. The module's default export is a `Waveform`, whose `prepare(description, params)` returns
 * `{ render(samples, n) }`. It is loaded into the engine's worker or into its audio worklet; a worklet has no DOM, no
 * `fetch` and no timers. Where a content security policy forbids `blob:` URLs, the module has to define itself in a worklet:
 * `globalThis.trackElementsDefine?.({ kind: 'audio', name: 'my-wave' }, wave)`.
 *
 * @param name Starts with a letter; letters, digits, `.`, `_` and `-` follow.
 * @param moduleUrl URL of an ES module, relative to the document.
 * @throws {TypeError} for an invalid name or URL.
 * @throws {DOMException} `NotSupportedError` if the name is already defined with another URL.
 */
export const defineWaveform = (name: string, moduleUrl: string | URL): void =>
  define({ kind: 'audio', name }, moduleUrl);

/** Calls back after each definition, for sources that failed because they used the name before. Returns what ends it. */
export function onSignalDefined(callback: () => void): () => void {
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}

/** The layers with custom signals, except muted ones. */
export const customLayers = ({ layers }: Composition): Composition['layers'] =>
  layers.filter((layer) => !layer.muted && definitions.has(keyOf(layer))) as Composition['layers'];

/**
 * Loads the custom signals of layers into the worker or the worklet that plays them. Returns the errors of the layers
 * whose modules failed.
 */
export async function loadCustomSignals(
  target: Worker | Worklet,
  layers: Composition['layers'],
): Promise<readonly LayerError[]> {
  const errors: LayerError[] = [];
  for (const layer of layers) {
    const key = keyOf(layer);
    const load = async () => definitions.get(key)?.load(target);
    await loadOnce(target, key, load).catch((error) => errors.push({ id: layer.id, error }));
  }
  return errors;
}

interface Definition {
  readonly url: string;
  /** Only `define()` refers to the code that loads modules: pages without custom signals can be bundled without it. */
  readonly load: (target: Worker | Worklet) => Promise<void>;
}

/** By kind and name. */
const definitions = new Map<string, Definition>();
const callbacks = new Set<() => void>();

const keyOf = ({ signal }: Composition['layers'][number]): string =>
  signal.kind === 'video' ? `video ${signal.pattern}` : `audio ${signal.waveform}`;

const labels = { video: 'pattern', audio: 'waveform' } as const;

function define(signal: SignalName, moduleUrl: string | URL): void {
  const { kind, name } = signal;
  if (typeof name !== 'string' || !/^[a-z][\w.-]*$/i.test(name)) {
    throw valueError('The name of a signal', name, 'a letter, followed by letters, digits, ".", "_" or "-"', TypeError);
  }
  const url = new URL(moduleUrl, document.baseURI).href;
  const key = `${kind} ${name}`;
  const before = definitions.get(key);
  if (before && before.url !== url) {
    throw new DOMException(`The ${labels[kind]} "${name}" is defined already, by ${before.url}.`, 'NotSupportedError');
  }
  definitions.set(key, { url, load: (target) => loadModule(target, signal, url) });
  for (const callback of [...callbacks]) callback();
}

/** @throws {DOMException} `NetworkError` that says what is wrong with the module. */
async function loadModule(target: Worker | Worklet, define: SignalName, url: string): Promise<void> {
  try {
    await ('addModule' in target ? addToWorklet(target, define, url) : importInWorker(target, { url, define }));
  } catch (error) {
    throw new DOMException(
      `The module of ${labels[define.kind]} "${define.name}", ${url}, did not load: ${(error as Error).message}`,
      'NetworkError',
    );
  }
}

/**
 * A worklet cannot import on demand, but the page can add a module to it that imports the signal. Where a content security
 * policy forbids that, the module is added by itself, and has to define itself.
 */
async function addToWorklet(worklet: Worklet, define: SignalName, url: string): Promise<void> {
  const signal = JSON.stringify(define);
  const text = `import signal from ${JSON.stringify(url)}; trackElementsDefine(${signal}, signal);`;
  try {
    await loadText(text, (blobUrl) => withTimeout(worklet.addModule(blobUrl)));
  } catch (error) {
    await withTimeout(worklet.addModule(url)).catch(() => {
      throw error;
    });
  }
}
