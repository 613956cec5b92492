/* The engine's scripts: its worker, the parts of the worker, and its worklet. */
import { freezeConfiguration } from '../../generator/page/configuration.js';
import { loadOnce, loadScript, type Script } from '../../generator/page/load-script.js';
import type { AudioPlayer } from '../../generator/page/output.js';
import { PortClient } from '../../generator/page/port-client.js';
import {
  acquireWorker,
  generatorWorker,
  type WorkerLease,
  type WorkerScript,
} from '../../generator/page/worker-pool.js';
import type { PartName, WorkerRequests } from '../messages.js';

export type { WorkerLease } from '../../generator/page/worker-pool.js';

/** The engine's worker, of which a page has at most one. */
export const acquireEngine = (): Promise<WorkerLease> => acquireWorker(engineWorker);

/** A part of the worker: a module that it imports when it is needed. */
export interface Part extends Script {
  /** Contains the whole `new URL(…, import.meta.url)`, since bundlers search for that. */
  readonly url: () => URL;
}

/**
 * Makes the engine's worker import a part, once. If `configure()` was given the worker's URL, the part is looked for
 * beside it first.
 *
 * @throws {DOMException} `NetworkError` that says how to serve the part.
 */
export function loadPart(worker: Worker, part: Part): Promise<void> {
  const { workerUrl } = freezeConfiguration();
  const beside = workerUrl && new URL(part.file, new URL(`${workerUrl}`, document.baseURI));
  const fromUrl = (url: string | URL) => importInWorker(worker, { url: `${url}` });
  const fromFile = () => fromUrl(part.url());
  return loadOnce(worker, part, () =>
    loadScript(part, {
      fromFile: () => (beside ? fromUrl(beside).catch(fromFile) : fromFile()),
      fromUrl,
      serve: `${part.file} beside ${workerUrl ?? 'engine-worker.js, and call configure({ workerUrl })'}`,
    }),
  );
}

/** Makes the engine's worker import a module. Rejects with its error, or after ten seconds with a `TimeoutError`. */
export async function importInWorker(worker: Worker, module: Parameters<WorkerRequests['import']>[0]): Promise<void> {
  const client = new PortClient<WorkerRequests>(worker);
  try {
    await withTimeout(client.request('import', module));
  } finally {
    client.close();
  }
}

/** A module may wait forever, for example for a response. */
export async function withTimeout<T>(loading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const message = `it did not load within ${MODULE_TIMEOUT_MS / 1000} seconds.`;
    timer = setTimeout(() => reject(new DOMException(message, 'TimeoutError')), MODULE_TIMEOUT_MS);
  });
  return Promise.race([loading, timeout]).finally(() => clearTimeout(timer));
}

const MODULE_TIMEOUT_MS = 10_000;

const audioPart: Part = {
  file: 'audio-part.js',
  url: () => new URL('../worker/audio-part.js', import.meta.url),
  text: () => import('../worker/audio-part-text.js'),
};

/** The parts that video may need. */
export const videoParts: Readonly<Record<PartName, Part>> = {
  extraPatterns: {
    file: 'extra-patterns-part.js',
    url: () => new URL('../worker/extra-patterns-part.js', import.meta.url),
    text: () => import('../worker/extra-patterns-part-text.js'),
  },
  decorations: {
    file: 'decorations-part.js',
    url: () => new URL('../worker/decorations-part.js', import.meta.url),
    text: () => import('../worker/decorations-part-text.js'),
  },
};

const engineWorker: WorkerScript = {
  file: 'engine-worker.js',
  start: () => new Worker(new URL('../worker/engine-worker.js', import.meta.url), { type: 'module' }),
  text: () => import('../worker/engine-worker-text.js'),
  substitutes: { script: generatorWorker, prepare: (worker) => loadPart(worker, audioPart) },
};

/** Plays tones and written audio: in the engine's worker, or in its worklet. */
export const tonePlayer: AudioPlayer = {
  acquireWorker: async () => {
    const lease = await acquireEngine();
    try {
      await loadPart(lease.worker, audioPart);
      return lease;
    } catch (error) {
      lease.release();
      throw error;
    }
  },
  openMessage: 'open-tones',
  worklet: {
    file: 'engine-worklet.js',
    addTo: (worklet) => worklet.addModule(new URL('../worklet/engine-worklet.js', import.meta.url)),
    text: () => import('../worklet/engine-worklet-text.js'),
  },
  processor: 'track-elements-tones',
};
