/** Tells when elements with ids come, go or change theirs in a document or shadow tree: one observer for all who ask. */
class RootWatcher {
  readonly #root: Node;
  readonly #callbacks = new Set<() => void>();
  readonly #observer = new MutationObserver(() => {
    for (const callback of [...this.#callbacks]) callback();
  });

  constructor(root: Node) {
    this.#root = root;
  }

  watch(callback: () => void): () => void {
    if (this.#callbacks.size === 0) {
      this.#observer.observe(this.#root, { childList: true, subtree: true, attributes: true, attributeFilter: ['id'] });
    }
    this.#callbacks.add(callback);
    return () => {
      this.#callbacks.delete(callback);
      if (this.#callbacks.size === 0) this.#observer.disconnect();
    };
  }
}

const watchers = new WeakMap<Node, RootWatcher>();

/** Calls back after each change in a tree that an id may lead to another element; returns what ends it. */
export function observeIds(root: Node, callback: () => void): () => void {
  const watcher = watchers.get(root) ?? new RootWatcher(root);
  watchers.set(root, watcher);
  return watcher.watch(callback);
}
