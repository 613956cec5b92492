import type { ReactiveElement } from '@lit/reactive-element';
import { report } from '../generator/page/report.js';
import { whenLoaded } from '../generator/page/when-loaded.js';

/** Warns of the attributes of an element that it does not know, such as misspelt ones. */
export function warnOfUnknownAttributes(host: ReactiveElement): void {
  const known = (host.constructor as typeof ReactiveElement).observedAttributes;
  const others = host
    .getAttributeNames()
    .filter((name) => !known.includes(name) && !/^(id|class|style)$|^data-/.test(name));
  if (others.length === 0) return;
  whenLoaded(import('./unknown-attributes.js'), ({ unknownAttributes }) => {
    for (const error of unknownAttributes(host.localName, others, known)) report(host, 'warning', error);
  });
}
