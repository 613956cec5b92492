import { setTimeout as sleep } from 'node:timers/promises';

/** Tries again every 50 ms until `attempt` no longer rejects. Rejects when `what` is not there after `seconds`. */
export async function until(attempt, what, seconds = 15) {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (performance.now() > deadline) throw new Error(`${what} was not there after ${seconds} s`, { cause });
      await sleep(50);
    }
  }
}
