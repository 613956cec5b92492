import { now } from '../timeline.js';

/** Something with a deadline. */
export interface Task {
  /** When it wants to run, in milliseconds of `now()`. `run` moves it on. */
  due: number;
  run(now: number): void;
}

/**
 * Runs tasks at their deadlines, the most overdue first, with a single timer: under overload all of them get late
 * alike instead of some starving.
 */
export class Scheduler {
  readonly #tasks = new Set<Task>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #armedFor = Number.POSITIVE_INFINITY;

  add(task: Task): void {
    this.#tasks.add(task);
    this.wakeFor(task);
  }

  remove(task: Task): void {
    this.#tasks.delete(task);
    if (this.#tasks.size === 0) this.#arm(Number.POSITIVE_INFINITY);
  }

  /** To be called when a task's deadline came nearer by itself. */
  wakeFor(task: Task): void {
    if (task.due < this.#armedFor) this.#arm(task.due);
  }

  #arm(time: number): void {
    clearTimeout(this.#timer);
    this.#armedFor = time;
    if (time === Number.POSITIVE_INFINITY) return;
    // Timers cut fractions off: one that came a part of a millisecond early would only have to be set again.
    this.#timer = setTimeout(this.#run, Math.max(0, Math.ceil(time - EARLY - now())));
  }

  readonly #run = (): void => {
    // Deadlines that fall into the same millisecond share one wake-up: clocks step by one in Firefox and WebKit.
    const time = now() + EARLY;
    const due: Task[] = [];
    for (const task of this.#tasks) if (task.due <= time) due.push(task);
    due.sort((a, b) => a.due - b.due);
    for (const task of due) {
      if (!this.#tasks.has(task)) continue;
      try {
        task.run(Math.max(now(), task.due));
      } catch (error) {
        // One that breaks must not take the others with it.
        this.remove(task);
        reportError(error);
      }
    }
    let next = Number.POSITIVE_INFINITY;
    for (const task of this.#tasks) if (task.due < next) next = task.due;
    this.#arm(next);
  };
}

/** Milliseconds. */
const EARLY = 0.5;
