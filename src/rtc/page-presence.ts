import { abortable } from './timing.js';

/** Whether the user is on the page, until a signal is aborted. A browser may keep a page that was left, and restore it. */
export class PagePresence {
  readonly #signal: AbortSignal;
  #hasLeft = false;
  #onReturn = (): void => {};

  /** @param onLeave Called while the user leaves the page: a request that begins then still leaves the browser. */
  constructor(signal: AbortSignal, onLeave: () => void) {
    this.#signal = signal;
    // Without a page, as in Node, there are no such events.
    const page = globalThis as Partial<typeof globalThis>;
    page.addEventListener?.(
      'pageshow',
      () => {
        // May come before anything waits for it, because the timers of a kept page stand still.
        this.#hasLeft = false;
        this.#onReturn();
      },
      { signal },
    );
    page.addEventListener?.(
      'pagehide',
      () => {
        this.#hasLeft = true;
        onLeave();
      },
      { signal },
    );
  }

  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Resolves when the user is on the page, or the signal is aborted. */
  async waitForUser(): Promise<void> {
    if (!this.#hasLeft) return;
    const returned = new Promise<void>((resolve) => {
      this.#onReturn = resolve;
    });
    await abortable(this.#signal, returned).catch(() => {});
  }
}
