/**
 * Asks again, some fifty times a second, until the answer is no longer `false`, `null` or `undefined`; resolves to it.
 * Rejects when there is none after `seconds`, and says what was waited for.
 */
export async function until<T>(
  ask: () => T | Promise<T>,
  what: string | (() => string),
  seconds = 5,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) {
      return answer as Exclude<T, false | null | undefined>;
    }
    if (performance.now() > deadline) {
      throw new Error(`${typeof what === 'string' ? what : what()} did not come within ${seconds} s`);
    }
    await passing(20);
  }
}

/** For what has no event: the time in which something must not happen. */
export const passing = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** An event, or a rejection that names it. */
export function eventOf<E extends Event>(target: EventTarget, type: string, seconds = 5): Promise<E> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${type} event within ${seconds} s`)), seconds * 1000);
    target.addEventListener(
      type,
      (event) => {
        clearTimeout(timer);
        resolve(event as E);
      },
      { once: true },
    );
  });
}

/** Tries up to eight times: for a listener who, on a busy machine, may miss some of what was there. */
export async function inSomeTries(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 8) throw error;
    }
  }
}
