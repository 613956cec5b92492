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

/** Lets the timeouts that are set from now on pass at once, until the test is over. Returns the delays they were set for. */
export function hurryTimeouts(): readonly number[] {
  const { setTimeout } = globalThis;
  const delays: number[] = [];
  onCleanup(() => Object.assign(globalThis, { setTimeout }));
  const set = (handler: () => void, delay = 0) => {
    delays.push(delay);
    return setTimeout(handler, 0);
  };
  Object.assign(globalThis, { setTimeout: set });
  return delays;
}
