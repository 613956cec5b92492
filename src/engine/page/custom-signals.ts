/* The names of the signals that a page defines itself. load-custom-signals.ts loads their modules. */
import type { CompleteToneDescription } from '../../signals/audio/waveform.js';
import { valueError } from '../../signals/checks.js';
import type { CompletePatternDescription } from '../../signals/video/pattern.js';
import type { SignalName } from '../messages.js';

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
export interface CustomSignal extends SignalName {
  readonly moduleUrl: string;
}

/** The definition of a description's signal; `null` for a signal of the library. */
export function customSignalOf(signal: CompletePatternDescription | CompleteToneDescription): CustomSignal | null {
  const { kind } = signal;
  const name = kind === 'video' ? signal.pattern : signal.waveform;
  const moduleUrl = moduleUrls.get(keyOf({ kind, name }));
  return moduleUrl === undefined ? null : { kind, name, moduleUrl };
}

/** By kind and name. */
const moduleUrls = new Map<string, string>();
const callbacks = new Set<() => void>();

/** The word for a signal of each kind, for errors. */
export const signalWords = { video: 'pattern', audio: 'waveform' } as const;

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
