import type { ProbeReport } from '../probe-report.js';
import { checkBounds, failuresOf, hasEnoughFrames, type ProbeBounds, unknownBounds } from '../verification.js';
import { VerificationError } from './verification-error.js';

/** A probe that is asked for its report. */
interface ReportingProbe extends EventTarget {
  getReport(): Promise<ProbeReport>;
}

/**
 * Waits until a report can be judged by the bounds, and judges it.
 *
 * @param isMeasuring Whether there is a track that may still bring something.
 */
export async function waitForBounds(
  probe: ReportingProbe,
  bounds: ProbeBounds,
  isMeasuring: () => boolean,
  signal?: AbortSignal,
): Promise<ProbeReport> {
  checkBounds(bounds);
  let received = -1;
  let lastChange = performance.now();
  let enoughSince: number | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const report = await probe.getReport();
    const time = performance.now();
    const count = (report.video?.received ?? 0) + (report.audio?.received ?? 0);
    if (count !== received) lastChange = time;
    received = count;
    const isEnough = hasEnoughFrames(report, bounds);
    // Another track begins from nothing.
    enoughSince = isEnough ? (enoughSince ?? time) : null;
    const isKnown = isEnough && unknownBounds(report, bounds).length === 0;
    const mayDrift = bounds.drift !== undefined && report.offset.median !== null;
    const patience = mayDrift ? DRIFT_PATIENCE_MS : UNKNOWN_PATIENCE_MS;
    const isVain = enoughSince !== null && time - enoughSince > patience;
    if (isKnown || isVain || time - lastChange > SILENCE_PATIENCE_MS || (received > 0 && !isMeasuring())) {
      const failures = failuresOf(report, bounds);
      if (failures.length > 0) throw new VerificationError(failures);
      return report;
    }
    await nextReport(probe, signal);
  }
}

/** Resolves with the next report, or after a time in which one should have come, or when the signal is aborted. */
function nextReport(probe: EventTarget, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ending = new AbortController();
    const end = () => {
      clearTimeout(timer);
      ending.abort();
      resolve();
    };
    const timer = setTimeout(end, POLL_INTERVAL_MS);
    probe.addEventListener('report', end, { signal: ending.signal });
    signal?.addEventListener('abort', end, { signal: ending.signal });
  });
}

const POLL_INTERVAL_MS = 250;
/** After the frames have come, a figure may still be unknown for this long. */
const UNKNOWN_PATIENCE_MS = 5000;
/** If audio and picture have an offset, its drift needs time. */
const DRIFT_PATIENCE_MS = 90_000;
/** If a track delivers nothing for this time, its last report is checked. */
const SILENCE_PATIENCE_MS = 10_000;
