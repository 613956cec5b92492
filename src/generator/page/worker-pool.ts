import type { WorkerReady } from '../messages.js';
import { VERSION } from '../version.js';
import { loadScript, type Script } from './load-script.js';

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
function untilReady(file: string, create: () => Worker): Promise<StartedWorker> {
  return new Promise((resolve, reject) => {
    const worker = create();
    const settle = () => {
      clearTimeout(timer);
      worker.onmessage = worker.onerror = null;
    };
    const fail = (reason: string) => {
      settle();
      worker.terminate();
      reject(new Error(reason));
    };
    const timer = setTimeout(() => fail(`nothing came in ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    worker.onmessage = ({ data }: MessageEvent<Partial<WorkerReady> | null>) => {
      if (data?.type !== 'ready' || data.script !== file) fail('another script is there');
      else if (data.version !== VERSION) fail(`it has version ${data.version}, and the page ${VERSION}`);
      else {
        settle();
        resolve({ worker, ready: data as WorkerReady });
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message ?? '');
    };
  });
}

const START_TIMEOUT_MS = 10_000;
