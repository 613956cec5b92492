/** Timers that a test wants to see ended. */
import { onCleanup } from './cleanup.js';

/** The delays of the timeouts that are set from now on and have neither passed nor been cleared, until the test is over. */
export function collectTimeouts(): ReadonlyMap<unknown, number> {
  const { setTimeout, clearTimeout } = globalThis;
  const running = new Map<unknown, number>();
  onCleanup(() => Object.assign(globalThis, { setTimeout, clearTimeout }));
  const set = (handler: (...values: unknown[]) => void, delay = 0, ...values: unknown[]) => {
    const id = setTimeout(() => {
      running.delete(id);
      handler(...values);
    }, delay);
    running.set(id, delay);
    return id;
  };
  const clear = (id: ReturnType<typeof setTimeout> | undefined) => {
    running.delete(id);
    clearTimeout(id);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  return running;
}
