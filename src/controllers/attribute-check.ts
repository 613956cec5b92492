import type { ReactiveElement } from '@lit/reactive-element';
import { onDemand } from '../generator/page/on-demand.js';
import { report } from '../generator/page/report.js';

const withAttributeNames = onDemand(() => import('./unknown-attributes.js'));

/** Warns of the attributes of an element that it does not know, such as misspelt ones. */
export function warnOfUnknownAttributes(host: ReactiveElement): void {
  const known = (host.constructor as typeof ReactiveElement).observedAttributes;
  const others = host
    .getAttributeNames()
    .filter((name) => !known.includes(name) && !/^(id|class|style)$|^data-/.test(name));
  if (others.length === 0) return;
  withAttributeNames(({ unknownAttributes }) => {
    for (const error of unknownAttributes(host.localName, others, known)) report(host, 'warning', error);
  });
}
