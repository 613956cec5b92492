/* Simulated network faults: their description, and the decision about each encoded frame. */
import { checkNumber } from '../signals/checks.js';
import { random32 } from '../signals/random.js';

/** Network faults, applied to encoded frames. Equal seeds give equal faults, so a failing run can be replayed. */
export interface Impairments {
  /** Share of the encoded frames that are dropped, 0 to 1. */
  readonly loss: number;
  /** Delay of every frame in milliseconds, 0 to 10000. */
  readonly delay: number;
  /** Largest additional random delay of a frame in milliseconds, 0 to 10000. The order of the frames stays. */
  readonly jitter: number;
  /** Milliseconds of every ten seconds in which nothing arrives, 0 to 10000. The held frames then arrive at once. */
  readonly freeze: number;
  /** Selects the dropped frames and the random delays: a 32-bit integer. */
  readonly seed: number;
}

export const NO_IMPAIRMENTS: Impairments = { loss: 0, delay: 0, jitter: 0, freeze: 0, seed: 0 };

/** The options of a receiver's `RTCRtpScriptTransform`. Its port carries {@link Impairments} from page to worker. */
export interface ImpairerOptions {
  readonly port: MessagePort;
}

const FREEZE_PERIOD_MS = 10_000;

/** @throws {RangeError} for a number outside its range. */
export function checkImpairments({ loss, delay, jitter, freeze, seed }: Impairments): void {
  checkNumber('loss', loss, { min: 0, max: 1 });
  checkNumber('delay', delay, { min: 0, max: 10_000, unit: 'ms' });
  checkNumber('jitter', jitter, { min: 0, max: 10_000, unit: 'ms' });
  checkNumber('freeze', freeze, { min: 0, max: FREEZE_PERIOD_MS, unit: 'ms' });
  checkNumber('seed', seed);
}

/**
 * When encoded frame number `index` is delivered; `null` if it is dropped. All times are in milliseconds on one clock.
 *
 * @param arrival When the frame arrived.
 * @param previous When the frame before it was delivered. No frame overtakes another.
 */
export function deliveryTime(
  { loss, delay, jitter, freeze, seed }: Impairments,
  index: number,
  arrival: number,
  previous: number,
): number | null {
  if (random32(seed, 2 * index) < loss * 2 ** 32) return null;
  const delayed = arrival + delay + (jitter * random32(seed, 2 * index + 1)) / 2 ** 32;
  const time = Math.max(delayed, previous);
  // The freeze is at the end of each period, so the first period begins undisturbed.
  const periodEnd = Math.ceil(time / FREEZE_PERIOD_MS) * FREEZE_PERIOD_MS;
  return time > periodEnd - freeze ? periodEnd : time;
}
