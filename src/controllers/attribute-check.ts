import type { ReactiveElement } from '@lit/reactive-element';
import { report } from '../generator/page/report.js';
import { whenLoaded } from '../generator/page/when-loaded.js';

/** Reports attributes that are set later. It ends with the elements that it observes. */
let observer: MutationObserver | undefined;

/** Warns of the attributes of an element that it does not know, such as misspelt ones: once of each, also of later ones. */
export function warnOfUnknownAttributes(host: ReactiveElement): void {
  observer ??= new MutationObserver((records) => {
    for (const { target } of records) warnOfUnknownAttributes(target as ReactiveElement);
  });
  observer.observe(host, { attributes: true });
  const known = (host.constructor as typeof ReactiveElement).observedAttributes;
  if (host.getAttributeNames().some((name) => !known.includes(name) && !/^(id|class|style|data-.+)$/.test(name))) {
    warnOfUnknown(host, (module) => module.unknownAttributes(host, known));
  }
}

/** Warns of names that an element does not know, by the code for that, which is loaded then. */
export const warnOfUnknown = (
  host: HTMLElement,
  errorsOf: (module: typeof import('./unknown-attributes.js')) => readonly Error[],
): void =>
  whenLoaded(import('./unknown-attributes.js'), (module) => {
    for (const error of errorsOf(module)) report(host, 'warning', error);
  });
