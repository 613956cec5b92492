import type { SoundPlayer } from '../generator/audio-output.js';
import { shareWorker, type WorkerHost, WorkerPool } from '../generator/worker-host.js';
import { loadPart, type Part } from './load-module.js';
import type { PartName } from './messages.js';

const pool = new WorkerPool({
  fromFile: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }),
  text: () => import('./worker-text.js'),
});

const sound: Part = {
  file: 'sound.js',
  url: () => new URL('./sound.js', import.meta.url),
  text: () => import('./sound-text.js'),
};

/** What the worker loads where pictures take it. */
export const parts: Readonly<Record<PartName, Part>> = {
  morePatterns: {
    file: 'more-patterns.js',
    url: () => new URL('./more-patterns.js', import.meta.url),
    text: () => import('./more-patterns-text.js'),
  },
  dressing: {
    file: 'dressing.js',
    url: () => new URL('./dressing.js', import.meta.url),
    text: () => import('./dressing-text.js'),
  },
};

/** The page's one engine: opened by the first who needs it, ended with the last. */
export function acquireEngine(): Promise<WorkerHost> {
  shareWorker({ isInUse: () => pool.inUse, acquire: acquireSound });
  return pool.acquire();
}

/** The same, with what plays sound in it. */
async function acquireSound(): Promise<WorkerHost> {
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
export const tonePlayer: SoundPlayer = {
  worker: acquireSound,
  type: 'tones',
  worklet: {
    fromFile: (worklet) => worklet.addModule(new URL('./worklet.js', import.meta.url)),
    text: () => import('./worklet-text.js'),
  },
  processor: 'track-elements-tones',
};
