const loadings = new WeakMap<object, Map<unknown, Promise<void>>>();

/** Loads something into a worker, or into the worklet of a context, once. If that fails, the next call tries again. */
export function loadOnce(target: object, key: unknown, load: () => Promise<void>): Promise<void> {
  const loaded = loadings.get(target) ?? new Map<unknown, Promise<void>>();
  loadings.set(target, loaded);
  const loading = loaded.get(key) ?? load();
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
}
