/** Attributes of an element as a form has them: text or a switch, and never written where they say the default. */
const fresh = new Map<string, Element>();

/** What an attribute says when it is not there, read from an element that is in no document. */
export function defaultOf(element: Element, attribute: string): string {
  const { localName } = element;
  const untouched = fresh.get(localName) ?? document.createElement(localName);
  fresh.set(localName, untouched);
  const property = attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return String(untouched[property as keyof Element] ?? '');
}

export const readAttribute = (element: Element, attribute: string): string =>
  element.getAttribute(attribute) ?? defaultOf(element, attribute);

export function writeAttribute(element: Element, attribute: string, value: string | boolean): void {
  if (typeof value === 'boolean') element.toggleAttribute(attribute, value);
  else if (value === '' || value === defaultOf(element, attribute)) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

/** Calls back now and after each change of an attribute. */
export function watchAttributes(element: Element, changed: () => void): void {
  new MutationObserver(changed).observe(element, { attributes: true });
  changed();
}
