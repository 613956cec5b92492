import { now } from '../timeline.js';

/** Work with deadlines. */
export interface Task {
  /** The next deadline, in milliseconds of `now()`. `run` sets the next one. */
  due: number;
  run(now: number): void;
}

/** Runs tasks at their deadlines, the most overdue first, so that under overload all tasks are equally late. */
export class Scheduler {
  /** The tasks that wait for their deadlines. Only this class changes them. */
  readonly tasks = new Set<Task>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #armedFor = Number.POSITIVE_INFINITY;

  add(task: Task): void {
    this.tasks.add(task);
    this.wakeFor(task);
  }

  remove(task: Task): void {
    this.tasks.delete(task);
    if (this.tasks.size === 0) this.#arm(Number.POSITIVE_INFINITY);
  }

  /** Has to be called after a task's deadline was moved to an earlier time, except by its `run`. */
  wakeFor(task: Task): void {
    if (task.due < this.#armedFor) this.#arm(task.due);
  }

  #arm(time: number): void {
    clearTimeout(this.#timer);
    this.#armedFor = time;
    if (time === Number.POSITIVE_INFINITY) return;
    // Timers cut fractions of milliseconds off. One that fires early would have to be set a second time.
    this.#timer = setTimeout(this.#run, Math.max(0, Math.ceil(time - EARLY_MS - now())));
  }

  readonly #run = (): void => {
    // Deadlines within the same millisecond share one timer: clocks step by whole milliseconds in Firefox and WebKit.
    const time = now() + EARLY_MS;
    const due: Task[] = [];
    for (const task of this.tasks) if (task.due <= time) due.push(task);
    due.sort((a, b) => a.due - b.due);
    for (const task of due) {
      if (!this.tasks.has(task)) continue;
      try {
        task.run(Math.max(now(), task.due));
      } catch (error) {
        // The other tasks continue.
        this.remove(task);
        reportError(error);
      }
    }
    let next = Number.POSITIVE_INFINITY;
    for (const task of this.tasks) if (task.due < next) next = task.due;
    this.#arm(next);
  };
}

/** A task may run this much before its deadline. */
const EARLY_MS = 0.5;
