import { addDefinition } from './signal-definitions.js';

/**
 * Makes a pattern of the page's own known by a name, which then works in markup: `<pattern-source pattern="my-bars">`. It
 * takes the place of one of the library's that has the same name.
 *
 * The module is loaded into the engine's worker when the name is first asked for. Its default export is what the built-in
 * patterns are (`Pattern`): an object with `prepare(description, params)`, which returns `{ picture, key(n), render(n) }`,
 * and `params`, a table of what it takes, if it takes any. A module that does not load, or throws, fails the sources
 * that ask for it, and no others.
 *
 * @param name Letters, digits and hyphens.
 * @param moduleUrl An ES module, relative to the document.
 * @throws {TypeError} for a name or a URL that is none.
 * @throws {DOMException} `NotSupportedError` where the name is defined already, with another URL.
 */
export const definePattern = (name: string, moduleUrl: string | URL): void =>
  addDefinition({ kind: 'video', name }, moduleUrl);

/**
 * Makes a waveform of the page's own known by a name: `<tone-source waveform="my-wave">`. Everything else is as for
 * `definePattern()`: the module's default export is a `Waveform`, whose `prepare(description, params)` returns
 * `{ render(samples, n) }`. It is loaded into the engine's worker, or into its audio worklet, in which a module has to
 * do without DOM, `fetch` and timers.
 */
export const defineWaveform = (name: string, moduleUrl: string | URL): void =>
  addDefinition({ kind: 'audio', name }, moduleUrl);
