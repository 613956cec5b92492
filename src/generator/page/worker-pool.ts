import { loadScript, type Script } from './load-script.js';

export interface WorkerScript extends Script {
  /** Contains the whole `new Worker(new URL(…))`, since bundlers search for that. */
  readonly start: () => Worker;
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
  readonly ready: Readonly<Record<string, unknown>>;
}

/** The worker that plays written audio while the engine's worker does not run. */
export const generatorWorker: WorkerScript = {
  file: 'generator-worker.js',
  start: () => new Worker(new URL('../worker/generator-worker.js', import.meta.url), { type: 'module' }),
  text: () => import('../worker/generator-worker-text.js'),
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
  const shared = running.get(script) ?? { started: start(script), holders: 0 };
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

const start = (script: WorkerScript): Promise<StartedWorker> =>
  loadScript(script, {
    setting: 'workerUrl',
    fromFile: () => untilReady(script.start),
    fromUrl: (url) => untilReady(() => new Worker(url, { type: 'module' })),
    serve: 'engine-worker.js, and call configure({ workerUrl })',
  });

/**
 * Starts a worker. Resolves with its first message.
 *
 * Some content security policies make the constructor throw, others make the worker fire `error`.
 */
export function untilReady(create: () => Worker): Promise<StartedWorker> {
  return new Promise((resolve, reject) => {
    const worker = create();
    worker.onmessage = ({ data }) => {
      worker.onmessage = worker.onerror = null;
      resolve({ worker, ready: data });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(event);
    };
  });
}
