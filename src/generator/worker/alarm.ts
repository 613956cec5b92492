import type { Scheduler, Task } from './scheduler.js';

/** Page to worker: open an alarm, which is set by messages on the port and answers each one at its time. */
export interface OpenAlarm {
  readonly type: 'open-alarm';
  readonly port: MessagePort;
}

/** Tells the page when a time has come. */
export class Alarm implements Task {
  due = Number.POSITIVE_INFINITY;
  readonly #port: MessagePort;

  constructor({ port }: OpenAlarm, scheduler: Scheduler) {
    this.#port = port;
    port.onmessage = ({ data: due }: MessageEvent<number | null>) => {
      if (due === null) {
        scheduler.remove(this);
        port.close();
        return;
      }
      this.due = due;
      scheduler.wakeFor(this);
    };
    scheduler.add(this);
  }

  run(): void {
    this.due = Number.POSITIVE_INFINITY;
    this.#port.postMessage(null);
  }
}
