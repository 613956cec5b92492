import { valueError } from '../signals/checks.js';

/**
 * The element that a source captures: the given one, or the one with the id in the source's document or shadow tree. While
 * the document is parsed, it may still come.
 *
 * @param tags The elements that are accepted, in lower case.
 * @throws {TypeError} that says which elements are accepted.
 */
export async function findCaptured<T extends Element>(
  source: Element,
  { element, id, property, tags }: CapturedElementInit,
): Promise<T> {
  if (element !== null) return checkTag(property, element, tags);
  const { ownerDocument } = source;
  const find = () => (source.getRootNode() as Partial<NonElementParentNode>).getElementById?.(id) ?? null;
  if (!find() && ownerDocument.readyState === 'loading') {
    await new Promise((resolve) => ownerDocument.addEventListener('DOMContentLoaded', resolve, { once: true }));
  }
  return checkTag('from', find() ?? id, tags);
}

export interface CapturedElementInit {
  /** Set by the page. */
  readonly element: unknown;
  readonly id: string;
  /** The name of the property that the page sets. */
  readonly property: string;
  readonly tags: readonly string[];
}

/** Not by instanceof: an element of another document has another class. */
function checkTag<T extends Element>(property: string, value: unknown, tags: readonly string[]): T {
  const { localName = '' } = Object(value) as Partial<Element>;
  if (tags.includes(localName)) return value as T;
  const names = tags.map((tag) => `<${tag}>`).join(' or ');
  const accepted = property === 'from' ? `the id of a ${names} in the same document or shadow tree` : `a ${names}`;
  throw valueError(property, value, accepted, TypeError);
}
