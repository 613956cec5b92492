/* This file is loaded when it is needed: few programs write frames that have to wait for their time. */
import type { VideoPicture } from './output.js';
import { type Epoch, TimestampClock } from './timestamp-clock.js';
import type { WorkerLease } from './worker-pool.js';

/** The place of a written picture in the order of the writes, and its time. */
export interface Slot {
  /** The number of the write. */
  readonly number: number;
  readonly epoch: Epoch;
  /** The timestamp in milliseconds. */
  readonly time: number;
}

/** Shows a picture, which it owns. */
type ShowPicture = (picture: VideoPicture) => unknown;

/** A picture that waits for its time. */
interface WaitingPicture extends Slot {
  readonly picture: VideoPicture;
  readonly show: ShowPicture;
  /** Answers the write. */
  readonly answer: (isTaken: boolean) => void;
}

/**
 * Shows pictures when their timestamps are due. A write is answered when at most three pictures wait, so that a stream of
 * decoded frames is held back; with thirty waiting, further ones are refused. Late pictures are shown at once.
 */
export class FramePacer {
  readonly #clock: TimestampClock;
  readonly #alarm: Alarm;
  #waiting: WaitingPicture[] = [];
  #played: ((isPlayed: boolean) => void)[] = [];
  #isHeld = false;
  #isClosed = false;

  /** Called when no picture waits any more. */
  onplayed: (() => void) | null = null;

  constructor(clockName: string, acquireWorker: () => Promise<WorkerLease>) {
    this.#clock = new TimestampClock(clockName, LATE_TOLERANCE_MS);
    this.#alarm = new Alarm(acquireWorker, () => this.#showDue());
  }

  /** Seconds until the last picture is due. */
  get queued(): number {
    const last = this.#waiting.at(-1);
    return last ? Math.max(0, last.epoch.origin + last.time - performance.now()) / 1000 : 0;
  }

  /** The slot of a picture that is being made. It has to be called in the order of the writes. Times are in microseconds. */
  reserve(number: number, timestamp: number, duration: number): Slot {
    const epoch = this.#clock.epochOf({ timestamp, duration, earliest: performance.now() });
    return { number, epoch, time: timestamp / 1000 };
  }

  /** Owns the picture. Resolves to `false` if it is not shown. */
  add(picture: VideoPicture, slot: Slot, show: ShowPicture): Promise<boolean> {
    if (this.#isClosed || this.#waiting.length >= MAX_WAITING) {
      picture.close();
      return Promise.resolve(false);
    }
    return new Promise((answer) => {
      const before = this.#waiting.findLastIndex(({ number }) => number < slot.number);
      this.#waiting.splice(before + 1, 0, { ...slot, picture, show, answer });
      this.#showDue();
    });
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#showDue();
  }

  played(): Promise<boolean> {
    if (this.#waiting.length === 0) return Promise.resolve(true);
    return new Promise((resolve) => this.#played.push(resolve));
  }

  clear(): void {
    const waiting = this.#waiting.splice(0);
    for (const { picture, answer } of waiting) {
      picture.close();
      answer(false);
    }
    this.#clock.restart();
    this.#settle(false);
  }

  close(): void {
    if (this.#isClosed) return;
    this.clear();
    this.#isClosed = true;
    this.#clock.close();
    this.#alarm.close();
  }

  #showDue(): void {
    if (this.#isHeld) return;
    let next = this.#waiting[0];
    const hadWaiting = next !== undefined;
    // Another generator of the clock may have moved the time at which it is due.
    for (; next && next.epoch.origin + next.time <= performance.now() + EARLY_MS; next = this.#waiting[0]) {
      this.#waiting.shift();
      next.show(next.picture);
      next.answer(true);
    }
    for (const { answer } of this.#waiting.slice(0, MAX_ANSWERED)) answer(true);
    if (next) this.#alarm.set(next.epoch.origin + next.time);
    else if (hadWaiting) {
      this.#settle(true);
      this.onplayed?.();
    }
  }

  #settle(isPlayed: boolean): void {
    for (const resolve of this.#played.splice(0)) resolve(isPlayed);
  }
}

const MAX_ANSWERED = 3;
const MAX_WAITING = 30;
const LATE_TOLERANCE_MS = 1000;
/** A picture may be shown this much before it is due: clocks step by a millisecond in Firefox and WebKit. */
const EARLY_MS = 1;

/**
 * Calls back at a time. The time is kept in a worker: browsers slow the timers of hidden pages down to one call a second.
 */
class Alarm {
  readonly #ring: () => void;
  #lease: WorkerLease | null = null;
  #port: MessagePort | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Number.POSITIVE_INFINITY;
  #isClosed = false;

  constructor(acquireWorker: () => Promise<WorkerLease>, ring: () => void) {
    this.#ring = ring;
    // Without a worker the page's own timers have to do.
    this.#open(acquireWorker).catch(() => {});
  }

  /** @param due Milliseconds of `performance.now()`. It replaces the time that was set before. */
  set(due: number): void {
    if (due === this.#due) return;
    this.#due = due;
    clearTimeout(this.#timer);
    if (this.#port) this.#port.postMessage(performance.timeOrigin + due);
    else this.#timer = setTimeout(() => this.#ringNow(), Math.max(0, due - performance.now()));
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#port?.postMessage(null);
    this.#port?.close();
    this.#lease?.release();
  }

  async #open(acquireWorker: () => Promise<WorkerLease>): Promise<void> {
    const lease = await acquireWorker();
    if (this.#isClosed) {
      lease.release();
      return;
    }
    this.#lease = lease;
    const { port1, port2: port } = new MessageChannel();
    lease.worker.postMessage({ type: 'open-alarm', port }, [port]);
    port1.onmessage = () => this.#ringNow();
    this.#port = port1;
  }

  #ringNow(): void {
    this.#due = Number.POSITIVE_INFINITY;
    if (!this.#isClosed) this.#ring();
  }
}
