import type { SoundPlayer } from '../generator/audio-output.js';
import { shareWorker, type WorkerHost, WorkerPool } from '../generator/worker-host.js';

const pool = new WorkerPool({
  fromFile: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }),
  text: () => import('./worker-text.js'),
});

/** The page's one engine: opened by the first who needs it, ended with the last. */
export function acquireEngine(): Promise<WorkerHost> {
  shareWorker(pool);
  return pool.acquire();
}

/** How tones are played: in the engine's worker, or in its worklet. */
export const tonePlayer: SoundPlayer = {
  worker: acquireEngine,
  type: 'tones',
  worklet: {
    fromFile: (worklet) => worklet.addModule(new URL('./worklet.js', import.meta.url)),
    text: () => import('./worklet-text.js'),
  },
  processor: 'track-elements-tones',
};
