import type { QueueReport } from '../messages.js';
import { now } from '../timeline.js';

/**
 * How much written audio waits in the player, as far as the page knows: the last report of the player, what was posted
 * since, and the time that has passed.
 */
export class PlayQueue {
  readonly #onPlayed: () => void;
  /** Whether the player has paused the queue. */
  #isHeld = false;
  /** Seconds that were posted to the player since the start. */
  #posted = 0;
  #clears = 0;
  #report: Omit<QueueReport, 'type'> = { clears: 0, received: 0, queued: 0 };
  #reportedAt = 0;
  /** The seconds that had been posted when everything had last been played or cleared. */
  #settledAt = 0;
  #waiting: ((isPlayed: boolean) => void)[] = [];

  /** @param onPlayed Called when everything has been played. */
  constructor(onPlayed: () => void) {
    this.#onPlayed = onPlayed;
  }

  /** Seconds until everything has been played. */
  get queued(): number {
    const { received, queued } = this.#report;
    const passed = this.#isHeld || queued === 0 ? 0 : (now() - this.#reportedAt) / 1000;
    return Math.max(0, queued - passed) + this.#posted - received;
  }

  /** Counts samples that are posted to the player. */
  add(seconds: number): void {
    this.#posted += seconds;
  }

  /** The player reports how much is left when it is held and when it continues. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#reportedAt = now();
  }

  receive(report: QueueReport): void {
    // A report from before the last `clear()` is of no use.
    if (report.clears !== this.#clears) return;
    this.#report = report;
    this.#reportedAt = now();
    const isPlayed = report.queued === 0 && report.received === this.#posted;
    if (!isPlayed || this.#posted === this.#settledAt) return;
    this.#settle(true);
    this.#onPlayed();
  }

  /** Resolves to `true` when everything has been played, to `false` when it was cleared before. */
  async played(): Promise<boolean> {
    return this.#settledAt === this.#posted || new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Counts as empty from now on. */
  clear(): void {
    this.#clears++;
    this.#report = { clears: this.#clears, received: this.#posted, queued: 0 };
    this.#settle(false);
  }

  #settle(isPlayed: boolean): void {
    this.#settledAt = this.#posted;
    for (const resolve of this.#waiting.splice(0)) resolve(isPlayed);
  }
}
