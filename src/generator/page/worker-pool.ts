import type { WorkerReady } from '../messages.js';
import { VERSION } from '../version.js';
import { loadScript, type Script } from './load-script.js';
import { withTimeout } from './with-timeout.js';

export interface WorkerScript extends Script {
  /** A script whose work this worker does as well, after `prepare`: while this worker runs, no other one is started. */
  readonly substitutes?: { readonly script: WorkerScript; readonly prepare: (worker: Worker) => Promise<void> };
}

/** A running worker that its holder may use until it releases it. */
export interface WorkerLease extends StartedWorker {
  /** The last holder's release ends the worker. */
  release(): void;
}

/** A worker that has sent its first message. */
export interface StartedWorker {
  readonly worker: Worker;
  /** The worker's first message. */
  readonly ready: WorkerReady;
}

/** The worker that plays written audio while the engine's worker does not run. */
export const generatorWorker: WorkerScript = {
  file: 'track-elements-generator-worker.js',
  text: () => import('../../workers/track-elements-generator-worker-text.js'),
};

/**
 * A running worker of a script. All holders share one worker; it starts with the first and ends with the last. A worker
 * of another script is returned if it runs and substitutes this one.
 *
 * @throws {DOMException} `NetworkError` if the worker, or what prepares it, does not load.
 */
export async function acquireWorker(script: WorkerScript): Promise<WorkerLease> {
  const substitute = [...running.keys()].find(({ substitutes }) => substitutes?.script === script);
  if (!substitute) return lease(script);
  const leased = await lease(substitute);
  try {
    await substitute.substitutes?.prepare(leased.worker);
    return leased;
  } catch (error) {
    leased.release();
    throw error;
  }
}

interface RunningWorker {
  readonly started: Promise<StartedWorker>;
  holders: number;
}

const running = new Map<WorkerScript, RunningWorker>();

async function lease(script: WorkerScript): Promise<WorkerLease> {
  const shared = running.get(script) ?? { started: startWorker(script), holders: 0 };
  running.set(script, shared);
  shared.holders++;
  let isReleased = false;
  const release = () => {
    if (isReleased) return;
    isReleased = true;
    if (--shared.holders > 0) return;
    running.delete(script);
    void shared.started.then(({ worker }) => worker.terminate()).catch(() => {});
  };
  try {
    return { ...(await shared.started), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Starts a worker of its own for the caller, who has to end it. */
export const startWorker = (script: Script): Promise<StartedWorker> =>
  loadScript(script, (url) => untilReady(script.file, () => new Worker(url, { type: 'module' })));

/**
 * Resolves with a worker's first message, by which it tells that it is this script.
 *
 * Some content security policies make the constructor throw, others make the worker fire `error`.
 */
async function untilReady(file: string, create: () => Worker): Promise<StartedWorker> {
  const worker = create();
  const ready = new Promise<WorkerReady>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Partial<WorkerReady> | null>) => {
      const isThis = data?.type === 'ready' && data.script === file && data.version === VERSION;
      if (isThis) resolve(data as WorkerReady);
      else reject(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
  });
  try {
    return { worker, ready: await withTimeout(ready) };
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    worker.onmessage = worker.onerror = null;
  }
}
