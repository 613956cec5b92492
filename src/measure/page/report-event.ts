import type { ProbeReport } from '../probe-report.js';

/** The figures of a probe, each second. */
export class ReportEvent extends Event {
  constructor(
    /** All figures so far. */
    readonly report: ProbeReport,
  ) {
    super('report');
  }
}
