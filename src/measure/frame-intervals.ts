import type { FreezeReport } from './probe-report.js';

/**
 * The times between the pictures of a track: rate, jitter and freezes.
 *
 * A picture that stood for at least max(3 × average, average + 150 ms) is a freeze; the average is over the last 30 pictures,
 * including this one (webrtc-stats, `freezeCount`). As in libwebrtc, five intervals have to be known.
 */
export class FrameIntervals {
  /** The last intervals in milliseconds, the newest one last. */
  #intervals: number[] = [];
  #last: number | null = null;
  #freezes = { count: 0, longest: 0, total: 0 };

  get freezes(): FreezeReport {
    return { ...this.#freezes };
  }

  /**
   * Takes the arrival of a picture, in milliseconds.
   *
   * @param unread How many pictures came since the previous one at unknown times: these are assumed to be evenly spaced.
   */
  add(arrival: number, unread: number): void {
    const last = this.#last;
    this.#last = arrival;
    if (last === null) return;
    const interval = (arrival - last) / (1 + unread);
    for (let i = 0; i <= unread; i++) this.#intervals.push(interval);
    this.#intervals = this.#intervals.slice(-RATE_FRAMES);
    const recent = this.#intervals.slice(-FREEZE_FRAMES);
    if (recent.length < LEAST_FREEZE_FRAMES) return;
    const average = sumOf(recent) / recent.length;
    if (interval < Math.max(3 * average, average + LEAST_FREEZE_MS)) return;
    const { count, longest, total } = this.#freezes;
    this.#freezes = { count: count + 1, longest: Math.max(longest, interval), total: total + interval };
  }

  /** Pictures per second; 0 when none has come for two seconds, `null` before there are some. */
  rate(now: number): number | null {
    if (this.#last === null || this.#intervals.length < LEAST_FREEZE_FRAMES) return null;
    if (now - this.#last > SILENT_MS) return 0;
    return (1000 * this.#intervals.length) / sumOf(this.#intervals);
  }

  get jitter(): number | null {
    const count = this.#intervals.length;
    if (count < LEAST_FREEZE_FRAMES) return null;
    const mean = sumOf(this.#intervals) / count;
    return Math.sqrt(sumOf(this.#intervals.map((interval) => (interval - mean) ** 2)) / (count - 1));
  }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const RATE_FRAMES = 60;
const FREEZE_FRAMES = 30;
const LEAST_FREEZE_FRAMES = 5;
const LEAST_FREEZE_MS = 150;
const SILENT_MS = 2000;
