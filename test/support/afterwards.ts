import { afterEach } from './suite.js';

const cleanUps: (() => unknown)[] = [];

/** Has something done when the running test is over, whether it passed or failed; the last comes first. */
export function afterwards(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp);
}

/** Something that is stopped when the running test is over. */
export function stopped<T extends { stop(): void }>(thing: T): T {
  afterwards(() => thing.stop());
  return thing;
}

afterEach(async () => {
  for (let cleanUp = cleanUps.pop(); cleanUp; cleanUp = cleanUps.pop()) await cleanUp();
});
