/** A clock that stands still until a test advances it. */
import type { Clock } from '../../dist/rtc/timing.js';

interface Timer {
  readonly dueTime: number;
  readonly callback: () => void;
}

export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = 1_000_000;

  /** How many calls are due later. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0.5;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { dueTime: this.#now + milliseconds, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Advances the time, calls back what is due, and lets promises settle in between. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await settle();
      const [next] = [...this.#timers].filter(({ dueTime }) => dueTime <= end).sort((a, b) => a.dueTime - b.dueTime);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = next.dueTime;
      next.callback();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets a chain of some promises settle. */
async function settle(): Promise<void> {
  for (let times = 0; times < 30; times++) await Promise.resolve();
}
