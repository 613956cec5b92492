import type { AudioPlayerSource } from '../../generator/page/audio-output.js';
import { shareWorker, type WorkerLease, WorkerPool } from '../../generator/page/worker-pool.js';
import type { PartName } from '../messages.js';
import { loadPart, type Part } from './load-module.js';

export { loadPart, type Part } from './load-module.js';

const pool = new WorkerPool({
  fromFile: () => new Worker(new URL('../worker/engine-worker.js', import.meta.url), { type: 'module' }),
  text: () => import('../worker/engine-worker-text.js'),
});

const sound: Part = {
  file: 'audio-part.js',
  url: () => new URL('../worker/audio-part.js', import.meta.url),
  text: () => import('../worker/audio-part-text.js'),
};

/** What the worker loads where pictures take it. */
export const parts: Readonly<Record<PartName, Part>> = {
  extraPatterns: {
    file: 'extra-patterns-part.js',
    url: () => new URL('../worker/extra-patterns-part.js', import.meta.url),
    text: () => import('../worker/extra-patterns-part-text.js'),
  },
  dressing: {
    file: 'decorations-part.js',
    url: () => new URL('../worker/decorations-part.js', import.meta.url),
    text: () => import('../worker/decorations-part-text.js'),
  },
};

/** The page's one engine: opened by the first who needs it, ended with the last. */
export function acquireEngine(): Promise<WorkerLease> {
  shareWorker({ isInUse: () => pool.inUse, acquire: acquireSound });
  return pool.acquire();
}

/** The same, with what plays sound in it. */
async function acquireSound(): Promise<WorkerLease> {
  const host = await acquireEngine();
  try {
    await loadPart(host.worker, sound);
    return host;
  } catch (error) {
    host.release();
    throw error;
  }
}

/** How tones are played: in the engine's worker, or in its worklet. */
export const tonePlayer: AudioPlayerSource = {
  worker: acquireSound,
  type: 'tones',
  worklet: {
    fromFile: (worklet) => worklet.addModule(new URL('../worklet/engine-worklet.js', import.meta.url)),
    text: () => import('../worklet/engine-worklet-text.js'),
  },
  processor: 'track-elements-tones',
};
