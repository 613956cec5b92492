import { setTimeout as sleep } from 'node:timers/promises';

/** Calls `attempt` every 50 ms until it resolves. Rejects after `seconds`, with a message that names the `subject`. */
export async function retry(attempt, subject, seconds = 15) {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (performance.now() > deadline) throw new Error(`${subject} was not ready after ${seconds} s`, { cause });
      await sleep(50);
    }
  }
}
