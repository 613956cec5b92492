/* Signals that a page defines itself: their names, and how their modules are loaded. */
import { hasRegistered } from '../../generator/page/add-to-worklet.js';
import { configurationNow } from '../../generator/page/configuration.js';
import { loadOnce } from '../../generator/page/load-once.js';
import { loadText } from '../../generator/page/load-text.js';
import { withTimeout } from '../../generator/page/with-timeout.js';
import { VERSION } from '../../generator/version.js';
import { valueError } from '../../signals/checks.js';
import type { Composition } from '../composition.js';
import { ownWaveform, type SignalName } from '../messages.js';
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
 * A later definition by the same file with another query or fragment replaces the earlier one, also in sources that play:
 * a development server that replaces modules in a running page serves a changed file as `my-bars.js?t=1718000000000`.
 *
 * @param name Starts with a letter; letters, digits, `.`, `_` and `-` follow.
 * @param moduleUrl URL of an ES module, relative to the document.
 * @throws {TypeError} for an invalid name or URL.
 * @throws {DOMException} `NotSupportedError` if the name is already defined with another file.
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
 * @throws {DOMException} `NotSupportedError` if the name is already defined with another file.
 */
export const defineWaveform = (name: string, moduleUrl: string | URL): void =>
  define({ kind: 'audio', name }, moduleUrl);

/**
 * Calls back after each definition: sources may have failed because they used the name before, or play a signal whose module
 * is replaced. Returns what ends it.
 */
export function onSignalDefined(callback: (isReplaced: boolean) => void): () => void {
  const { callbacks } = pageSignals();
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}

/** The layers with custom signals, except muted ones. */
export const customLayers = ({ layers }: Composition): Composition['layers'] =>
  layers.filter((layer) => !layer.muted && definitionOf(layer)) as Composition['layers'];

/**
 * Loads the custom signals of layers into the worker or the worklet that plays them. Returns the errors of the layers
 * whose modules failed.
 */
export async function loadCustomSignals(
  target: Worker | BaseAudioContext,
  layers: Composition['layers'],
): Promise<readonly LayerError[]> {
  const errors: LayerError[] = [];
  for (const layer of layers) {
    const definition = definitionOf(layer);
    const load = async () => definition?.load(target);
    await loadOnce(target, definition, load).catch((error) => errors.push({ id: layer.id, error }));
  }
  return errors;
}

/** The layer with the URL of its module, by which a player sees that the signal is another one than before. */
export function withModule(layer: Composition['layers'][number]): Composition['layers'][number] {
  const module = definitionOf(layer)?.url;
  const signal = { ...layer.signal, module };
  return module ? ({ ...layer, signal } as typeof layer) : layer;
}

interface Definition {
  readonly url: string;
  /** Only `define()` refers to the code that loads modules: pages without custom signals can be bundled without it. */
  readonly load: (target: Worker | BaseAudioContext) => Promise<void>;
}

/**
 * The key of the page's definitions. All copies of this version of the library share them, because one copy has registered the
 * elements.
 */
const KEY: unique symbol = Symbol.for(`track-elements/signals/${VERSION}`);

interface PageSignals {
  /** By kind and name. */
  readonly definitions: Map<string, Definition>;
  readonly callbacks: Set<(isReplaced: boolean) => void>;
}

const page = globalThis as { [KEY]?: PageSignals };

/** Made when it is needed: an import alone leaves the page as it is. */
function pageSignals(): PageSignals {
  page[KEY] ??= { definitions: new Map(), callbacks: new Set() };
  return page[KEY];
}

const definitionOf = (layer: Composition['layers'][number]): Definition | undefined =>
  pageSignals().definitions.get(keyOf(layer));

const keyOf = ({ signal }: Composition['layers'][number]): string =>
  signal.kind === 'video' ? `video ${signal.pattern}` : `audio ${signal.waveform}`;

const labels = { video: 'pattern', audio: 'waveform' } as const;

function define(signal: SignalName, moduleUrl: string | URL): void {
  const { kind, name } = signal;
  if (typeof name !== 'string' || !/^[a-z][\w.-]*$/i.test(name)) {
    throw valueError('The name of a signal', name, 'a letter, followed by letters, digits, ".", "_" or "-"', TypeError);
  }
  // A server, which renders pages, has no document and loads nothing.
  const url = new URL(moduleUrl, globalThis.document?.baseURI ?? 'a:/').href;
  const { definitions, callbacks } = pageSignals();
  const key = `${kind} ${name}`;
  const before = definitions.get(key);
  const isReplaced = before !== undefined && before.url !== url;
  if (isReplaced && fileOf(before.url) !== fileOf(url)) {
    throw new DOMException(`The ${labels[kind]} "${name}" is defined already, by ${before.url}.`, 'NotSupportedError');
  }
  if (!before || isReplaced) definitions.set(key, { url, load: (target) => loadModule(target, signal, url) });
  for (const callback of [...callbacks]) callback(isReplaced);
}

const fileOf = (url: string): string => url.replace(/[?#].*/, '');

/** @throws {DOMException} `NetworkError` that says what is wrong with the module. */
async function loadModule(target: Worker | BaseAudioContext, define: SignalName, url: string): Promise<void> {
  try {
    await ('audioWorklet' in target ? addToWorklet(target, define, url) : importInWorker(target, { url, define }));
  } catch (error) {
    throw new DOMException(
      `The module of ${labels[define.kind]} "${define.name}", ${url}, did not load: ${(error as Error).message}`,
      'NetworkError',
    );
  }
}

/**
 * A worklet cannot import on demand, but the page can add a module to it that imports the signal. Where a content security
 * policy forbids that, the module is added by itself, and has to define itself. A page that serves the files of the library
 * probably has such a policy, and would see the first way reported as a violation.
 */
async function addToWorklet(context: BaseAudioContext, define: SignalName, url: string): Promise<void> {
  const add = (moduleUrl: string) => withTimeout(context.audioWorklet.addModule(moduleUrl));
  const definesItself = async () => {
    await add(url);
    return hasRegistered(context, ownWaveform(define.name));
  };
  if (configurationNow().baseUrl && (await definesItself())) return;
  const id = ++imports;
  const text = `import signal from ${JSON.stringify(url)}; trackElementsDefine(${JSON.stringify(define)}, signal, ${id});`;
  try {
    await loadText(text, add);
    if (!hasRegistered(context, ownWaveform(define.name, id))) throw new Error(FAILED_MODULE);
  } catch (error) {
    if (!(await definesItself().catch(() => false))) throw error;
  }
}

/** Imports of waveforms into worklets so far. */
let imports = 0;

/** A worklet does not say why. */
const FAILED_MODULE = 'it threw an error, or its default export is not an object with prepare(description, params)';
