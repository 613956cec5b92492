import type { ReactiveElement } from '@lit/reactive-element';
import { report } from '../generator/page/report.js';
import { whenLoaded } from '../generator/page/when-loaded.js';

/** The attributes of which an element has been told. */
const told = new WeakMap<Element, Set<string>>();

/** Tells of attributes that are set later. It ends with the elements that it observes. */
let observer: MutationObserver | undefined;

/** Warns of the attributes of an element that it does not know, such as misspelt ones: once of each, also of later ones. */
export function warnOfUnknownAttributes(host: ReactiveElement): void {
  observer ??= new MutationObserver((records) => {
    for (const { target } of records) warnOfUnknownAttributes(target as ReactiveElement);
  });
  observer.observe(host, { attributes: true });
  const before = told.get(host) ?? new Set();
  told.set(host, before);
  const known = (host.constructor as typeof ReactiveElement).observedAttributes;
  const others = host
    .getAttributeNames()
    .filter((name) => !known.includes(name) && !before.has(name) && !/^(id|class|style)$|^data-/.test(name));
  if (others.length === 0) return;
  for (const name of others) before.add(name);
  whenLoaded(import('./unknown-attributes.js'), ({ unknownAttributes }) => {
    for (const error of unknownAttributes(host.localName, others, known)) report(host, 'warning', error);
  });
}
