import { now } from '../generator/timeline.js';

/**
 * The timeline of a recording: it begins with `start()`, and stands still during pauses and after its end. The page and its
 * worker have one each. The page decides each of these times, so that a busy worker does not shift them, and both tell the
 * same duration.
 */
export class RecordingClock {
  /** The time in milliseconds since 1970, with fractions. */
  readonly now: () => number;
  #origin: number | null = null;
  #pauseStart: number | null = null;
  #end: number | null = null;

  /** @param source The time in milliseconds since 1970. */
  constructor(source: () => number = now) {
    this.now = source;
  }

  get paused(): boolean {
    return this.#pauseStart !== null;
  }

  /** Begins the timeline, unless it has begun. */
  start(time = this.now()): void {
    this.#origin ??= time;
  }

  /** Begins a pause, unless there is one. */
  pause(time = this.now()): void {
    this.#pauseStart ??= time;
  }

  resume(time = this.now()): void {
    if (this.#pauseStart === null || this.#end !== null) return;
    if (this.#origin !== null) this.#origin += time - Math.max(this.#pauseStart, this.#origin);
    this.#pauseStart = null;
  }

  /** Ends the timeline, unless it has ended. */
  end(time = this.now()): void {
    this.#end ??= time;
  }

  /** Seconds in the recording of a time in milliseconds; negative before its start. */
  secondsOf(time: number): number {
    return (time - (this.#origin ?? time)) / 1000;
  }

  /** The recorded time in seconds. */
  get seconds(): number {
    if (this.#origin === null) return 0;
    return Math.max(0, this.secondsOf(Math.min(this.#pauseStart ?? Infinity, this.#end ?? Infinity, this.now())));
  }
}
