/* This file is loaded when it is needed: few programs write frames that have to wait for their time. */
import type { VideoPicture } from './output.js';
import { type Epoch, TimestampClock } from './timestamp-clock.js';
import type { WriterListener } from './track-writer.js';
import type { WorkerLease } from './worker-pool.js';

/** A written picture. */
export interface PacedWrite {
  /** The number of the write. */
  readonly number: number;
  /** Microseconds. */
  readonly timestamp: number;
  /** Microseconds; `null` if it is unknown. */
  readonly duration: number | null;
  /** The picture, which is still being made. */
  readonly grabbing: Promise<VideoPicture>;
  /** Shows a picture, which it owns. Resolves to `false` if the picture was dropped, and counted as such. */
  readonly show: (picture: VideoPicture) => Promise<boolean>;
}

/** A picture that waits for its time. */
interface WaitingPicture extends PacedWrite {
  readonly picture: VideoPicture;
  readonly epoch: Epoch;
  /** Answers the write. */
  readonly answer: (isTaken: boolean | null | Promise<boolean>) => void;
}

/** When a picture is due, in milliseconds of `performance.now()`. */
const dueOf = ({ epoch, timestamp }: Pick<WaitingPicture, 'epoch' | 'timestamp'>): number =>
  epoch.origin + timestamp / 1000;

/**
 * Shows pictures when their timestamps are due. A write is answered when its picture was shown, or is one of the three that
 * are shown next, so that a stream of decoded frames is held back; with thirty waiting, further ones are refused. Late
 * pictures are shown at once.
 */
export class FramePacer {
  readonly #clock: TimestampClock;
  readonly #alarm: Alarm;
  readonly #listener: WriterListener;
  #clears = 0;
  #waiting: WaitingPicture[] = [];
  #played: ((isPlayed: boolean) => void)[] = [];
  /** Resolves when the last picture that was due has been shown. */
  #showing: Promise<unknown> = Promise.resolve();
  #isHeld = false;
  #isClosed = false;

  constructor(clockName: string, listener: WriterListener, acquireWorker: () => Promise<WorkerLease>) {
    this.#listener = listener;
    this.#clock = new TimestampClock(clockName, LATE_TOLERANCE_MS);
    this.#alarm = new Alarm(acquireWorker, () => this.#showDue());
  }

  /** Seconds until the last picture is due. */
  get queued(): number {
    const last = this.#waiting.at(-1);
    return last ? Math.max(0, dueOf(last) - performance.now()) / 1000 : 0;
  }

  /**
   * Has to be called in the order of the writes. Resolves to `null` if the picture is not to be shown, or else to what `show`
   * says; to `true` if the picture still waits.
   *
   * @param queueLimit Seconds in which the picture has to be due. It counts where writes of pictures wait for their answer,
   * so that a caller that awaits each write is never refused.
   */
  async add(write: PacedWrite, queueLimit: number): Promise<boolean | null> {
    const clears = this.#clears;
    const epoch = this.#clock.epochOf({ ...write, earliest: performance.now() });
    const grabbed = await write.grabbing;
    // The frame that was written has to be closed when the write is answered.
    const picture = 'clone' in grabbed ? grabbed.clone() : grabbed;
    if (picture !== grabbed) grabbed.close();
    const { length } = this.#waiting;
    const wait = dueOf({ ...write, epoch }) - performance.now();
    const isTooMuch = length >= MAX_WAITING || (length > MAX_ANSWERED && wait > queueLimit * 1000);
    if (clears !== this.#clears || isTooMuch) {
      picture.close();
      return null;
    }
    return new Promise((answer) => {
      const before = this.#waiting.findLastIndex(({ number }) => number < write.number);
      this.#waiting.splice(before + 1, 0, { ...write, picture, epoch, answer });
      this.#showDue();
    });
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#showDue();
  }

  async played(): Promise<boolean> {
    if (this.#waiting.length > 0) return new Promise((resolve) => this.#played.push(resolve));
    await this.#showing;
    return true;
  }

  clear(): void {
    this.#clears++;
    const waiting = this.#waiting.splice(0);
    for (const { picture, answer } of waiting) {
      picture.close();
      answer(null);
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
    // Another generator of the clock may have moved the time at which it is due.
    for (; next && dueOf(next) <= performance.now() + EARLY_MS; next = this.#waiting[0]) {
      this.#waiting.shift();
      const showing = next.show(next.picture);
      next.answer(showing);
      // A failure is not reported if the write was already answered while its picture waited.
      this.#showing = showing.catch(() => {});
      if (this.#waiting.length === 0) void this.#settleAfter(this.#showing);
    }
    for (const { answer } of this.#waiting.slice(0, MAX_ANSWERED)) answer(true);
    if (next) this.#alarm.set(dueOf(next));
  }

  async #settleAfter(showing: Promise<unknown>): Promise<void> {
    await showing;
    if (this.#waiting.length > 0 || this.#isClosed) return;
    this.#settle(true);
    this.#listener.announce?.('played');
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
