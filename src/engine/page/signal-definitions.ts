import type { ToneDescription } from '../../signals/audio/waveform.js';
import type { PatternDescription } from '../../signals/video/pattern.js';
import type { SignalName } from '../messages.js';

/** Where the page's own signals are, by kind and name. */
const urls = new Map<string, string>();

/** Tells sources that have failed for want of a signal, by an event `define`. */
export const defined = new EventTarget();

const key = ({ kind, name }: SignalName): string => `${kind} ${name}`;

/** The URL of a signal of the page's own; `undefined` for what the library has, or nobody. */
export const definitionOf = (signal: SignalName): string | undefined => urls.get(key(signal));

/** @throws {TypeError | DOMException} for a name or a URL that is none, and for a name that is taken. */
export function addDefinition(signal: SignalName, moduleUrl: string | URL): void {
  const { kind, name } = signal;
  if (typeof name !== 'string' || !/^[a-z][\w.-]*$/i.test(name)) {
    throw new TypeError(
      `The name of a signal is ${JSON.stringify(name)}; it is letters, digits and hyphens: "my-bars".`,
    );
  }
  const url = new URL(moduleUrl, document.baseURI).href;
  if ((urls.get(key(signal)) ?? url) !== url) {
    throw new DOMException(
      `${kind === 'video' ? 'Pattern' : 'Waveform'} "${name}" is defined already, by ${urls.get(key(signal))}.`,
      'NotSupportedError',
    );
  }
  urls.set(key(signal), url);
  defined.dispatchEvent(new Event('define'));
}

/** What a signal is called. */
export const signalNameOf = (signal: PatternDescription | ToneDescription): SignalName => ({
  kind: signal.kind,
  name: signal.kind === 'video' ? signal.pattern : signal.waveform,
});
