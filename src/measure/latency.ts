import { type LatencyReport, noLatency } from './probe-report.js';
import type { RecentValues } from './recent-values.js';

/** How the clock of a source is related to that of this page. */
export interface ClockRelation {
  /** The source's clock minus this one, in milliseconds. */
  readonly offset: number;
  /** By how much the offset, and the dating of arrivals, may be wrong, in milliseconds. */
  readonly uncertainty: number;
}

/**
 * The latency of frames.
 *
 * @param differences Arrivals minus the times in the marks, in milliseconds.
 * @param clock `null` if the source's clock is unknown: then there is no latency.
 */
export function latencyOf(differences: RecentValues, clock: ClockRelation | null): LatencyReport {
  const { max } = differences;
  const [median = null, p95 = null] = differences.quantiles(0.5, 0.95);
  if (!clock || median === null || p95 === null || max === null) return noLatency;
  const { offset, uncertainty } = clock;
  return {
    median: median + offset,
    p95: p95 + offset,
    max: max + offset,
    uncertainty: uncertainty + MARK_STEP_MS / 2,
  };
}

/** The time in a mark is in whole milliseconds. */
const MARK_STEP_MS = 1;
