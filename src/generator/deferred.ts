/** A promise with the functions that settle it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (reason: unknown) => void;
}

/** `Promise.withResolvers()`, which Node 20 and the browsers of 2023 lack. */
export function defer<T>(): Deferred<T> {
  const deferred = {} as { -readonly [Key in keyof Deferred<T>]: Deferred<T>[Key] };
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}
