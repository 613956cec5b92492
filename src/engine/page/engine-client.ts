/* The engine's scripts: its worker, the parts of the worker, and its worklet. */
import { loadOnce } from '../../generator/page/load-once.js';
import { loadScript, type Script } from '../../generator/page/load-script.js';
import type { AudioPlayer } from '../../generator/page/output.js';
import { PortClient } from '../../generator/page/port-client.js';
import { withTimeout } from '../../generator/page/with-timeout.js';
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

/**
 * Makes the engine's worker import a part, once: a module that it needs only sometimes.
 *
 * @throws {DOMException} `NetworkError` that says how to serve the part.
 */
export const loadPart = (worker: Worker, part: Script): Promise<void> =>
  loadOnce(worker, part, () => loadScript(part, (url) => importInWorker(worker, { url: `${url}` })));

/** Makes the engine's worker import a module. Rejects with its error, or after ten seconds with a `TimeoutError`. */
export async function importInWorker(worker: Worker, module: Parameters<WorkerRequests['import']>[0]): Promise<void> {
  const client = new PortClient<WorkerRequests>(worker);
  try {
    await withTimeout(client.request('import', module));
  } finally {
    client.close();
  }
}

const audioPart: Script = {
  file: 'track-elements-audio-part.js',
  text: () => import('../../workers/track-elements-audio-part-text.js'),
};

/** The parts that video may need. `offerFaultsPart()` adds the part for faults: only pages with faults have its code. */
export const videoParts: Record<Exclude<PartName, 'faults'>, Script> & { faults?: Script } = {
  extraPatterns: {
    file: 'track-elements-extra-patterns-part.js',
    text: () => import('../../workers/track-elements-extra-patterns-part-text.js'),
  },
  decorations: {
    file: 'track-elements-decorations-part.js',
    text: () => import('../../workers/track-elements-decorations-part-text.js'),
  },
};

const engineWorker: WorkerScript = {
  file: 'track-elements-engine-worker.js',
  text: () => import('../../workers/track-elements-engine-worker-text.js'),
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
    file: 'track-elements-engine-worklet.js',
    text: () => import('../../workers/track-elements-engine-worklet-text.js'),
  },
  processor: 'track-elements-tones',
};
