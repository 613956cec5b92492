/** Clean-up that runs after the test that asked for it, whether the test passed or failed. */
import { afterEach } from './suite.js';

const cleanups: (() => unknown)[] = [];

/** Runs `cleanup` after the current test and awaits it. The last one registered runs first. */
export function onCleanup(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

/** Returns `thing`, and stops it after the current test. */
export function stopAfterTest<T extends { stop(): void }>(thing: T): T {
  onCleanup(() => thing.stop());
  return thing;
}

afterEach(async () => {
  const errors: unknown[] = [];
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) {
    try {
      await cleanup();
    } catch (error) {
      // The others still have to run, or they would run after another test.
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
});
