/* This file is loaded when it is needed: few programs write data that has to wait for its time. */

/** When timestamps are due: timestamp 0 at `origin`, in milliseconds of `performance.now()`. */
export interface Epoch {
  origin: number;
}

/** The clock of one name, or of one generator: the newest mapping of timestamps to the page's time. */
interface SharedClock {
  epoch: Epoch | null;
  holders: number;
}

const clocks = new Map<string, SharedClock>();

/** The data of one write. */
export interface TimedData {
  /** Microseconds. */
  readonly timestamp: number;
  /** Microseconds; `null` if it is unknown. */
  readonly duration: number | null;
  /** Milliseconds of `performance.now()`: the earliest time at which it could be shown or played. */
  readonly earliest: number;
}

/** The samples of one write. */
export interface TimedSamples {
  /** Microseconds. */
  readonly timestamp: number;
  /** Their length. */
  readonly seconds: number;
  /** Seconds of samples that are played before. */
  readonly queued: number;
  /** The page's origin, in milliseconds since 1970. */
  readonly origin: number;
}

/**
 * Says when written data is due. The first timestamp decides when all later ones are; generators whose clocks have the same
 * name share that, so that the audio and video of a file stay together.
 *
 * A timestamp that goes back, or more than ten seconds ahead, begins again: it is due when the data before it has been shown.
 * So does one that is more than ten seconds late. Data that is later than `tolerance` moves all later data, of every
 * generator of the clock; less is ignored.
 */
export class TimestampClock {
  readonly #name: string;
  readonly #shared: SharedClock;
  /** Milliseconds. */
  readonly #tolerance: number;
  #epoch: Epoch | null = null;
  #isRestarting = false;
  /** The timestamp of the last data, and the time between it and the one before, in milliseconds. */
  #last = 0;
  #interval = 0;

  constructor(name: string, tolerance: number) {
    this.#name = name;
    this.#tolerance = tolerance;
    this.#shared = (name && clocks.get(name)) || { epoch: null, holders: 0 };
    this.#shared.holders++;
    if (name) clocks.set(name, this.#shared);
  }

  /** The mapping by which the data is due: `epoch.origin` plus its timestamp in milliseconds. It may move later. */
  epochOf({ timestamp, duration, earliest }: TimedData): Epoch {
    const time = timestamp / 1000;
    const distance = time - this.#last;
    const isRestarting = this.#isRestarting;
    const isJump = !isRestarting && (distance < 0 || distance > GAP_MS);
    const lateBy = (epoch: Epoch) => earliest - epoch.origin - time;
    let epoch = this.#epoch;
    if (!epoch || isRestarting || isJump || lateBy(epoch) > GAP_MS) {
      const newest = this.#shared.epoch;
      const fits = newest && newest !== epoch && Math.abs(lateBy(newest)) <= GAP_MS;
      const start = performance.now() + (this.#name ? LEAD_MS : 0);
      const end = epoch && isJump ? epoch.origin + this.#last + this.#interval : 0;
      epoch = fits ? newest : { origin: Math.max(start, earliest, end) - time };
      this.#shared.epoch = epoch;
    } else if (lateBy(epoch) > this.#tolerance) epoch.origin += lateBy(epoch);
    if (duration !== null && duration > 0) this.#interval = duration / 1000;
    else if (this.#epoch === epoch) this.#interval = distance;
    this.#epoch = epoch;
    this.#isRestarting = false;
    this.#last = time;
    return epoch;
  }

  /** When samples are due, in seconds of the page's timeline. */
  dueAt({ timestamp, seconds, queued, origin }: TimedSamples): number {
    const earliest = performance.now() + Math.max(queued * 1000, POST_MS);
    const epoch = this.epochOf({ timestamp, duration: seconds * 1e6, earliest });
    return (performance.timeOrigin + epoch.origin + timestamp / 1000 - origin) / 1000;
  }

  /** The next data begins again, without waiting for the time of the data before. */
  restart(): void {
    this.#isRestarting = true;
  }

  close(): void {
    if (--this.#shared.holders === 0) clocks.delete(this.#name);
  }
}

const GAP_MS = 10_000;
/** Samples take up to this long to the player. */
const POST_MS = 20;
/** For this time, the first data of a shared clock waits for the data of the other generators. */
const LEAD_MS = 100;
