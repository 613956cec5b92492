/* Signals that a page defines itself: their names, and how their modules are loaded. */
import { loadOnce, loadText } from '../../generator/page/load-script.js';
import type { CompleteToneDescription } from '../../signals/audio/waveform.js';
import { valueError } from '../../signals/checks.js';
import type { CompletePatternDescription } from '../../signals/video/pattern.js';
import type { Composition } from '../composition.js';
import type { SignalName } from '../messages.js';
import { importInWorker, withTimeout } from './engine-client.js';
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
 * `fetch` and no timers.
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

/** A signal that a page has defined. */
interface CustomSignal extends SignalName {
  readonly moduleUrl: string;
}

/** The definition of a description's signal; `null` for a signal of the library. */
function customSignalOf(signal: CompletePatternDescription | CompleteToneDescription): CustomSignal | null {
  const { kind } = signal;
  const name = kind === 'video' ? signal.pattern : signal.waveform;
  const moduleUrl = moduleUrls.get(keyOf({ kind, name }));
  return moduleUrl === undefined ? null : { kind, name, moduleUrl };
}

/** Whether one of the layers shows or plays a custom signal. */
export const hasCustomSignals = (layers: Composition['layers']): boolean =>
  layers.some(({ signal, muted }) => !muted && customSignalOf(signal) !== null);

/**
 * Loads the custom signals of layers into the worker or the worklet that plays them. Returns the errors of the layers
 * whose modules failed.
 */
export async function loadCustomSignals(
  target: Worker | Worklet,
  layers: Composition['layers'],
): Promise<readonly LayerError[]> {
  const errors: LayerError[] = [];
  for (const { id, signal, muted } of layers) {
    const custom = muted ? null : customSignalOf(signal);
    if (!custom) continue;
    const load = () => loadModule(target, custom);
    await loadOnce(target, `${custom.kind} ${custom.name}`, load).catch((error) => errors.push({ id, error }));
  }
  return errors;
}

/** @throws {DOMException} `NetworkError` that says what is wrong with the module. */
async function loadModule(target: Worker | Worklet, { kind, name, moduleUrl: url }: CustomSignal): Promise<void> {
  const define = { kind, name };
  try {
    await (target instanceof Worker
      ? importInWorker(target, { url, define })
      : withTimeout(loadText(workletModule(define, url), (blobUrl) => target.addModule(blobUrl))));
  } catch (error) {
    throw new DOMException(
      `The module of ${signalWords[kind]} "${name}", ${url}, did not load: ${(error as Error).message}`,
      'NetworkError',
    );
  }
}

/** A worklet cannot import on demand, but the page can add a module to it that imports the signal. */
const workletModule = (define: object, url: string): string =>
  `import signal from ${JSON.stringify(url)}; trackElementsDefine(${JSON.stringify(define)}, signal);`;

/** By kind and name. */
const moduleUrls = new Map<string, string>();
const callbacks = new Set<() => void>();

/** The word for a signal of each kind, for errors. */
const signalWords = { video: 'pattern', audio: 'waveform' } as const;

const keyOf = ({ kind, name }: SignalName): string => `${kind} ${name}`;

function define(signal: SignalName, moduleUrl: string | URL): void {
  const { kind, name } = signal;
  if (typeof name !== 'string' || !/^[a-z][\w.-]*$/i.test(name)) {
    throw valueError('The name of a signal', name, 'a letter, followed by letters, digits, ".", "_" or "-"', TypeError);
  }
  const url = new URL(moduleUrl, document.baseURI).href;
  const before = moduleUrls.get(keyOf(signal)) ?? url;
  if (before !== url) {
    throw new DOMException(`The ${signalWords[kind]} "${name}" is defined already, by ${before}.`, 'NotSupportedError');
  }
  moduleUrls.set(keyOf(signal), url);
  for (const callback of [...callbacks]) callback();
}
