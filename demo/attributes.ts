/** Reads, writes and watches the attributes of an element. A default value is never written. */

/** One element of each tag that is in no document: its properties are the defaults. */
const untouchedElements = new Map<string, Element>();

/** The value of an attribute that is not set, as text. */
export function defaultOf(element: Element, attribute: string): string {
  const { localName } = element;
  const untouched = untouchedElements.get(localName) ?? document.createElement(localName);
  untouchedElements.set(localName, untouched);
  return String(untouched[propertyOf(attribute) as keyof Element] ?? '');
}

/** The property of an attribute: `frame-rate` is `frameRate`. */
export const propertyOf = (attribute: string): string =>
  attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

export const readAttribute = (element: Element, attribute: string): string =>
  element.getAttribute(attribute) ?? defaultOf(element, attribute);

export function writeAttribute(element: Element, attribute: string, value: string | boolean): void {
  if (typeof value === 'boolean') element.toggleAttribute(attribute, value);
  else if (value === '' || value === defaultOf(element, attribute)) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}

/** Calls back now, and after each change of an attribute. */
export function watchAttributes(element: Element, onChange: () => void): void {
  new MutationObserver(onChange).observe(element, { attributes: true });
  onChange();
}
