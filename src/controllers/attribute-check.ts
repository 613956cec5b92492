import type { ReactiveElement } from '@lit/reactive-element';
import { report } from '../generator/page/report.js';
import { whenLoaded } from '../generator/page/when-loaded.js';

/** The attributes of which an element has been told. */
const told = new WeakMap<Element, Set<string>>();

/**
 * Warns of the attributes of an element that it does not know, such as misspelt ones: once of each. A script may set them
 * directly after the connection.
 */
export async function warnOfUnknownAttributes(host: ReactiveElement): Promise<void> {
  await Promise.resolve();
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
