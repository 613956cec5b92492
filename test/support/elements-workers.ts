/** The workers that a page has made, counted by standing in for `Worker`. */
export interface WorkerCount {
  /** How many were made. */
  readonly made: number;
  /** How many of them have not been terminated. */
  readonly running: number;
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
