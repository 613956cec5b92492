/* Elements that ids name: the sinks of `for`, and the elements that `from` captures. */
import { isSink } from './track-sink.js';

/** Also for elements of other documents, which have other classes. */
export const isElement = (value: unknown): value is Element =>
  (value as Partial<Node> | null)?.nodeType === Node.ELEMENT_NODE;

/** The element with an id in the document or shadow tree of a node. */
export function elementById(node: Node, id: string): Element | null {
  const root = node.getRootNode() as ParentNode & Partial<NonElementParentNode>;
  // The root of a tree that is in no document is an element, which has no such method. jsdom has no `CSS.escape()`.
  return root.getElementById?.(id) ?? root.querySelector(`[id=${JSON.stringify(id)}]`);
}

/**
 * The first element inside that matches a selector, also in an open shadow tree: players wrap a media element, and take its id.
 * The shadow trees of sinks are their own.
 */
export function findWrapped(tree: Element | ShadowRoot, selector: string): Element | null {
  const found = tree.querySelector(selector);
  if (found) return found;
  for (const inner of [tree, ...tree.querySelectorAll('*')] as Element[]) {
    const wrapped = inner.shadowRoot && !isSink(inner) && findWrapped(inner.shadowRoot, selector);
    if (wrapped) return wrapped;
  }
  return null;
}

/** The callbacks for each observed tree: one observer serves all elements in it. */
const idObservers = new WeakMap<Node, { readonly observer: MutationObserver; readonly callbacks: Set<() => void> }>();

/** Calls back after each change in a tree by which an id may mean another element. Returns what ends it. */
export function observeIds(root: Node, callback: () => void): () => void {
  let entry = idObservers.get(root);
  if (!entry) {
    const callbacks = new Set<() => void>();
    const observer = new MutationObserver(() => {
      for (const each of [...callbacks]) each();
    });
    entry = { observer, callbacks };
    idObservers.set(root, entry);
  }
  const { observer, callbacks } = entry;
  if (callbacks.size === 0) {
    observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['id'] });
  }
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size === 0) observer.disconnect();
  };
}
