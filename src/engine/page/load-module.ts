import { freezeConfiguration } from '../../generator/page/configuration.js';
import type { LoadMessage } from '../messages.js';
import { revive } from '../posted-error.js';

/** A part of the worker that is fetched where it is needed first. */
export interface Part {
  /** The file's name, beside the worker's. */
  readonly file: string;
  /** Has the whole `new URL(…, import.meta.url)` in it, since bundlers look for that. */
  readonly url: () => URL;
  readonly text: () => Promise<{ readonly text: string }>;
}

/** What has been loaded into a worker or a worklet, by name. */
const loaded = new WeakMap<object, Map<unknown, Promise<void>>>();

/** Loads something into a worker or a worklet once; again where that failed. */
export function once(realm: object, key: unknown, load: () => Promise<void>): Promise<void> {
  const done = loaded.get(realm) ?? new Map<unknown, Promise<void>>();
  loaded.set(realm, done);
  const loading = done.get(key) ?? load();
  done.set(key, loading);
  loading.catch(() => done.delete(key));
  return loading;
}

/**
 * Loads a part into the worker: from beside the worker, where `configure()` has said where that is; else from its file,
 * else from its text, as the worker itself.
 * @throws {DOMException} `NetworkError` that says what to do.
 */
export const loadPart = (worker: Worker, part: Part): Promise<void> =>
  once(worker, part, async () => {
    const { workerUrl } = freezeConfiguration();
    const places: (() => unknown)[] = [
      () => workerUrl && new URL(part.file, new URL(`${workerUrl}`, document.baseURI)),
      part.url,
      async () => URL.createObjectURL(new Blob([(await part.text()).text], { type: 'text/javascript' })),
    ];
    for (const place of places) {
      let url: unknown;
      try {
        url = await place();
        if (url) return await loadModule(worker, { url: `${url}` });
      } catch {
      } finally {
        if (typeof url === 'string') URL.revokeObjectURL(url);
      }
    }
    throw new DOMException(
      `The worker did not load its part ${part.file}: serve track-elements/engine/${part.file} beside its ${workerUrl ?? 'worker.js'}.`,
      'NetworkError',
    );
  });

/** Lets a worker load a module; rejects with what it said, or when it has said nothing for long. */
export function loadModule(worker: Worker, what: Pick<LoadMessage, 'url' | 'define'>): Promise<void> {
  const { port1, port2: port } = new MessageChannel();
  worker.postMessage({ type: 'load', ...what, port } satisfies LoadMessage, [port]);
  const answer = new Promise<void>((resolve, reject) => {
    port1.onmessage = ({ data }) => (data ? reject(revive(data)) : resolve());
  });
  return inTime(answer).finally(() => port1.close());
}

/** A module can wait for what never comes. Rejects with a `TimeoutError` then. */
export function inTime<T>(loading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DOMException(`nothing came within ${PATIENCE / 1000} seconds.`, 'TimeoutError')),
      PATIENCE,
    );
  });
  return Promise.race([loading, late]).finally(() => clearTimeout(timer));
}

/** Milliseconds. */
const PATIENCE = 10_000;
