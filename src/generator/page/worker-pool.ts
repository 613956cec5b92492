import type { AudioFormat } from '../audio-format.js';
import type { AudioPacerInit } from '../worker/audio-pacer.js';
import { climb } from './load-script.js';

/** To a worker: plays what is written to an audio generator. */
export interface HostMessage extends AudioPacerInit {
  readonly type: 'pace';
  readonly format: AudioFormat;
}

/** A worker that has said hello, and what it said. */
export interface WorkerLease {
  readonly worker: Worker;
  readonly hello: Readonly<Record<string, unknown>>;
  /** Whoever asked for the worker says when it needs it no more; nobody left ends it. */
  release(): void;
}

/** How a library's worker is loaded: from its file, and where that does not work from its text. */
export interface WorkerSource {
  /** Has the whole `new Worker(new URL(…))` in it, since bundlers look for that. */
  readonly fromFile: () => Worker;
  readonly text: () => Promise<{ readonly text: string }>;
}

/** Opens a worker once for all who need it at the same time. */
export class WorkerPool {
  readonly #source: WorkerSource;
  #opened: ReturnType<typeof greet> | null = null;
  #users = 0;

  constructor(source: WorkerSource) {
    this.#source = source;
  }

  /** Whether somebody has it open. */
  get inUse(): boolean {
    return this.#users > 0;
  }

  async acquire(): Promise<WorkerLease> {
    const { fromFile, text } = this.#source;
    this.#users++;
    this.#opened ??= climb({
      what: 'worker',
      fromFile: () => greet(fromFile),
      fromUrl: (url) => greet(() => new Worker(url, { type: 'module' })),
      text,
    });
    const opened = this.#opened;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      if (--this.#users > 0) return;
      this.#opened = null;
      void opened.then(({ worker }) => worker.terminate()).catch(() => {});
    };
    return opened.then(
      (greeted) => ({ ...greeted, release }),
      (error) => {
        release();
        throw error;
      },
    );
  }
}

/** Waits for a worker's first word. One kind of policy throws at once, another one by an event. */
function greet(create: () => Worker): Promise<Omit<WorkerLease, 'release'>> {
  return new Promise((resolve, reject) => {
    const worker = create();
    worker.onmessage = ({ data }) => {
      worker.onmessage = worker.onerror = null;
      resolve({ worker, hello: data });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(event);
    };
  });
}

/** The worker of the generators themselves: small, and enough for sound that is written. */
const generatorPool = new WorkerPool({
  fromFile: () => new Worker(new URL('../worker/generator-worker.js', import.meta.url), { type: 'module' }),
  text: () => import('../worker/generator-worker-text.js'),
});

interface SharedWorker {
  isInUse(): boolean;
  acquire(): Promise<WorkerLease>;
}

let shared: SharedWorker | null = null;

/** The engine's worker does what the generators' does: where it runs, it serves them too. */
export function shareWorker(worker: SharedWorker): void {
  shared = worker;
}

export const pacingWorker = (): Promise<WorkerLease> => (shared?.isInUse() ? shared : generatorPool).acquire();
