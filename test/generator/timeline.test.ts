/* The clock of what is played, and what wakes at its deadlines. */

import { parseRate } from 'track-elements/signals';
import { now, pageOrigin, Timeline } from '../../dist/generator/timeline.js';
import { Scheduler, type Task } from '../../dist/generator/worker/scheduler.js';
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

const rates = {
  '30000/1001': '30000/1001',
  '29.97': '30000/1001',
  '24': '24/1',
  '60000/1001': '60000/1001',
  '12.5': '25/2',
};
const DAY = 24 * 3600;

describe('A Timeline', () => {
  for (const [written, exact] of Object.entries(rates)) {
    it(`at ${written} has each number of a day at the time when it is due`, () => {
      const rate = parseRate(written);
      const [numerator = 0, denominator = 1] = exact.split('/').map(Number);
      assert.equal(rate.numerator * denominator, rate.denominator * numerator);
      const timeline = new Timeline(rate, 1_700_000_000_123.4);
      const last = Math.floor((DAY * numerator) / denominator);
      // Every number of the first minutes, then every 997th.
      for (let n = 0; n <= last; n += n < 5000 ? 1 : 997) {
        if (timeline.numberAt(timeline.due(n)) !== n) assert.fail(`${n} is due at a time that belongs to another`);
        if (timeline.numberAt(timeline.due(n) - 1) >= n) assert.fail(`${n} comes a millisecond early`);
      }
      assert.closeTo(timeline.due(last) - timeline.origin, (last * 1000 * denominator) / numerator, 0.01);
    });
  }

  it('has frame 1798 of 29.97 fps a minute after its origin', () => {
    const timeline = new Timeline(parseRate('29.97'), 0);
    assert.closeTo(timeline.due(1798), 59_993.27, 0.01);
    assert.equal(timeline.numberAt(60_000), 1798);
    assert.equal(timeline.timestamp(1798), 59_993_267);
  });

  it('has negative numbers before its origin', () => {
    const timeline = new Timeline({ numerator: 30, denominator: 1 }, 1000);
    assert.equal(timeline.numberAt(990), -1);
    assert.equal(timeline.numberAt(1000), 0);
  });

  it('has evenly rising timestamps in whole microseconds', () => {
    const timeline = new Timeline(parseRate('60000/1001'), 5);
    for (let n = 1; n < 10_000; n++) {
      const step = timeline.timestamp(n) - timeline.timestamp(n - 1);
      if (step !== 16_683 && step !== 16_684) assert.fail(`frame ${n} comes ${step} µs after the one before`);
    }
  });

  it('has one origin for the page, on the clock that workers share', () => {
    assert.equal(pageOrigin(), pageOrigin());
    assert.isAtMost(pageOrigin(), now());
    assert.closeTo(now(), performance.timeOrigin + performance.now(), 5);
  });
});

/** A task that notes when it ran. */
class Noted implements Task {
  readonly runs: { readonly due: number; readonly at: number }[] = [];
  due: number;
  readonly #timeline: Timeline;
  #next: number;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#next = timeline.numberAt(now()) + 1;
    this.due = timeline.due(this.#next);
  }

  run(): void {
    this.runs.push({ due: this.due, at: now() });
    this.#next = Math.max(this.#next + 1, this.#timeline.numberAt(now() + 1) + 1);
    this.due = this.#timeline.due(this.#next);
  }
}

describe('A Scheduler', () => {
  function play(...timelines: Timeline[]): { tasks: Noted[]; scheduler: Scheduler } {
    const scheduler = new Scheduler();
    const tasks = timelines.map((timeline) => new Noted(timeline));
    for (const task of tasks) {
      scheduler.add(task);
      onCleanup(() => scheduler.remove(task));
    }
    return { tasks, scheduler };
  }

  it('runs a task at its deadlines and never early', async () => {
    const { tasks } = play(new Timeline(parseRate('29.97'), now()));
    const [task] = tasks as [Noted];
    await waitFor(() => task.runs.length >= 30, '30 runs');
    for (const { due, at } of task.runs) assert.isAtLeast(at, due - 1.5);
    // The clock is the deadline: being late once makes nothing later.
    const lateness = task.runs.map(({ due, at }) => at - due);
    assert.isBelow(Math.min(...lateness.slice(-10)), 5);
  });

  it('runs tasks of several rates by one timer', async () => {
    const start = now();
    const { tasks } = play(
      new Timeline({ numerator: 100, denominator: 1 }, start),
      new Timeline({ numerator: 10, denominator: 1 }, start + 3),
    );
    const [fast, slow] = tasks as [Noted, Noted];
    await waitFor(() => slow.runs.length >= 5, '5 runs');
    assert.isAbove(fast.runs.length, slow.runs.length * 3);
  });

  it('runs the most overdue task first', async () => {
    const order: string[] = [];
    const scheduler = new Scheduler();
    const start = now();
    for (const [name, due] of [
      ['second', start - 10],
      ['first', start - 20],
      ['third', start - 5],
    ] as const) {
      const task: Task = {
        due,
        run() {
          order.push(name);
          scheduler.remove(task);
        },
      };
      scheduler.add(task);
    }
    await waitFor(() => order.length === 3, 'three runs');
    assert.deepEqual(order, ['first', 'second', 'third']);
  });

  it('does not run removed tasks, also if they are removed during a run', async () => {
    const { tasks, scheduler } = play(new Timeline({ numerator: 50, denominator: 1 }, now()));
    const [task] = tasks as [Noted];
    await waitFor(() => task.runs.length >= 2, '2 runs');
    scheduler.remove(task);
    const { length } = task.runs;
    const other = new Noted(new Timeline({ numerator: 20, denominator: 1 }, now()));
    scheduler.add(other);
    await waitFor(() => other.runs.length >= 3, '3 runs');
    scheduler.remove(other);
    assert.equal(task.runs.length, length);
  });

  it('wakes earlier for a task whose deadline was moved forward', async () => {
    const scheduler = new Scheduler();
    let ran = false;
    const task: Task = {
      due: now() + 60_000,
      run() {
        ran = true;
        scheduler.remove(task);
      },
    };
    scheduler.add(task);
    task.due = now() + 10;
    scheduler.wakeFor(task);
    await waitFor(() => ran, 'the run');
  });
});
