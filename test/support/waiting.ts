/** The ways in which a test waits. All times are in milliseconds. */

/** How long a test waits for one thing, unless it says otherwise. A quiet machine needs a thirtieth of it. */
export const DEFAULT_TIMEOUT_MS = 30_000;

const POLL_INTERVAL_MS = 20;
const LONGEST_POLL_INTERVAL_MS = 100;

export interface WaitOptions {
  /** Milliseconds after which waiting fails. */
  readonly timeoutMs?: number;
}

/**
 * Calls `probe` until it returns something truthy, and returns that. Note that 0 and '' are not truthy.
 *
 * @param message names the thing that is waited for, in the error that is thrown after the timeout.
 */
export async function waitFor<T>(
  probe: () => T | Promise<T>,
  message: string | (() => string),
  { timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions = {},
): Promise<Exclude<NonNullable<T>, false | 0 | ''>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const start = performance.now();
    const value = await probe();
    if (value) return value as Exclude<NonNullable<T>, false | 0 | ''>;
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms for: ${typeof message === 'string' ? message : message()}`);
    }
    await pauseAfter(start);
  }
}

/**
 * Waits before the next probe: twice as long as the last one took, within limits. A probe that reads many pixels would else take
 * the processor from the very thing that it waits for.
 */
function pauseAfter(start: number): Promise<void> {
  const duration = performance.now() - start;
  return sleep(Math.min(Math.max(2 * duration, POLL_INTERVAL_MS), LONGEST_POLL_INTERVAL_MS));
}

/** Repeats an assertion until it holds. After the timeout it throws the assertion's last error. */
export async function eventually(
  assertion: () => void | Promise<void>,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const start = performance.now();
    try {
      await assertion();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pauseAfter(start);
    }
  }
}

/** Resolves to the next event of this type. */
export function nextEvent<E extends Event = Event>(
  target: EventTarget,
  type: string,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions = {},
): Promise<E> {
  return new Promise((resolve, reject) => {
    const listener = (event: Event) => {
      clearTimeout(timer);
      resolve(event as E);
    };
    const timer = setTimeout(() => {
      target.removeEventListener(type, listener);
      reject(new Error(`Waited ${timeoutMs} ms for the event: ${type}`));
    }, timeoutMs);
    target.addEventListener(type, listener, { once: true });
  });
}

/** Resolves after so many milliseconds; `sleep(0)` after the tasks that are already queued. */
export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Repeats a whole attempt that a busy machine can spoil, such as a recording that lost samples. */
export async function retry(attempt: () => Promise<void>, attempts = 8): Promise<void> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (count === attempts) throw error;
    }
  }
}
