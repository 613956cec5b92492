/** Counts the workers that a page creates, by replacing the global `Worker`. */
export interface WorkerCount {
  /** How many were created. */
  readonly made: number;
  /** How many of them have not been terminated. */
  readonly running: number;
  /** Restores the global `Worker`. */
  stop(): void;
}

export function countWorkers(): WorkerCount {
  const Native = globalThis.Worker;
  const running = new Set<Worker>();
  let made = 0;
  globalThis.Worker = class extends Native {
    constructor(...init: ConstructorParameters<typeof Worker>) {
      super(...init);
      made++;
      running.add(this);
    }

    override terminate(): void {
      running.delete(this);
      super.terminate();
    }
  };
  return {
    get made() {
      return made;
    },
    get running() {
      return running.size;
    },
    stop() {
      globalThis.Worker = Native;
    },
  };
}
