import { checkValue } from '../signals/checks.js';
import { random32 } from '../signals/random.js';

/** What goes wrong with encoded frames on their way: seeded, so that a failure can be replayed. */
export interface Impairments {
  /** Share of the encoded frames that are lost, 0 to 1. */
  readonly loss: number;
  /** Milliseconds by which every frame comes late. */
  readonly delay: number;
  /** Milliseconds, at most, by which a frame comes later still; the order stays. */
  readonly jitter: number;
  /** Milliseconds in every ten seconds in which nothing arrives; what was held comes at once then. */
  readonly freeze: number;
  /** Which frames are lost and how late the others are: a 32-bit integer. */
  readonly seed: number;
}

export const unimpaired: Impairments = { loss: 0, delay: 0, jitter: 0, freeze: 0, seed: 0 };

/** @throws {RangeError} for what is out of range. */
export function checkImpairments({ loss, delay, jitter, freeze, seed }: Impairments): void {
  checkValue(loss >= 0 && loss <= 1, 'loss', loss, 'a share from 0 to 1');
  for (const [name, value] of Object.entries({ delay, jitter })) {
    checkValue(value >= 0 && value <= 10_000, name, value, 'from 0 to 10000 ms');
  }
  checkValue(freeze >= 0 && freeze <= FREEZE_PERIOD, 'freeze', freeze, `from 0 to ${FREEZE_PERIOD} ms`);
  checkValue(Number.isFinite(seed), 'seed', seed, 'a number');
}

/**
 * When encoded frame number `n`, which was there at `arrived`, goes on: milliseconds of the same clock, not before
 * `last`, when the one before it did; `null` where it is lost.
 */
export function dueAt(
  { loss, delay, jitter, freeze, seed }: Impairments,
  n: number,
  arrived: number,
  last: number,
): number | null {
  if (random32(seed, 2 * n) < loss * 0x1_0000_0000) return null;
  const late = delay + (jitter * random32(seed, 2 * n + 1)) / 0x1_0000_0000;
  const due = Math.max(arrived + late, last);
  // At the end of each period, so that the first one begins undisturbed.
  const thawed = Math.ceil(due / FREEZE_PERIOD) * FREEZE_PERIOD;
  return due > thawed - freeze ? thawed : due;
}

/** Milliseconds. */
export const FREEZE_PERIOD = 10_000;
