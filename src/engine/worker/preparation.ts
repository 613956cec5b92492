import { now } from '../../generator/timeline.js';
import type { Scheduler, Task } from '../../generator/worker/scheduler.js';
import type { Slices } from '../../signals/video/slices.js';

/** Does work in slices between the deadlines of the players, so that a new source costs the others no frame. */
export class Preparation<T> implements Task {
  due = 0;
  /** The result; `null` if the work was abandoned. A promise unless the first turn was enough. */
  readonly result: T | Promise<T | null>;
  readonly #slices: Slices<T>;
  readonly #scheduler: Scheduler;
  #settle: (result: T | null | Promise<never>) => void = () => {};

  /** @throws what the slices of the first turn throw. */
  constructor(slices: Slices<T>, scheduler: Scheduler) {
    this.#slices = slices;
    this.#scheduler = scheduler;
    const end = this.#work();
    this.result = end
      ? end.value
      : new Promise((resolve) => {
          this.#settle = resolve;
          scheduler.add(this);
        });
  }

  run(): void {
    try {
      const end = this.#work();
      if (end) this.#end(end.value);
    } catch (error) {
      this.#end(Promise.reject(error));
    }
  }

  abandon(): void {
    this.#end(null);
  }

  #end(result: T | null | Promise<never>): void {
    this.#scheduler.remove(this);
    this.#settle(result);
  }

  /** Does slices until a player is due; at least one, so that it is finished in a busy worker too. */
  #work(): { readonly value: T } | null {
    let until = now() + TURN_MS;
    for (const task of this.#scheduler.tasks) {
      if (!(task instanceof Preparation)) until = Math.min(until, task.due - SPARE_MS);
    }
    do {
      const { done, value } = this.#slices.next();
      if (done) return { value };
      this.due = now();
    } while (this.due < until);
    return null;
  }
}

/** The longest time without a look at messages and deadlines. */
const TURN_MS = 8;

/** The last slice may end this much later. */
const SPARE_MS = 2;
