/*
 * The messages between a page and the worker that measures, in the form that generator/messages.ts describes. A page has one
 * worker for all its probes, and each probe a port.
 */
import type { PlainError } from '../generator/messages.js';
import type { TrackInput } from '../processor/messages.js';
import type { MarkOptions } from '../signals/mark/mark-layout.js';
import type { Rate } from '../signals/rate.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { PatternDescription } from '../signals/video/pattern.js';
import type { ClockRelation } from './latency.js';
import type { AudioReport, OffsetReport, VideoReport } from './probe-report.js';

/** A pattern with which received pictures are compared, and where its mark is. */
export interface Reference {
  /** The pattern that was sent, without its mark. */
  readonly pattern: PatternDescription;
  /** Where the mark was painted. Default: at the top left, in the default size. */
  readonly mark?: MarkOptions;
}

/** Page to worker: measure for a probe. All later messages of the probe use the port. */
export interface OpenProbe {
  readonly type: 'open-probe';
  readonly port: MessagePort;
  /** By how much the machine's clock is ahead of the page's, in milliseconds. */
  readonly pageSkew: number;
}

/** Page to worker: import the part that compares pictures. */
export interface ImportPart {
  readonly type: 'import';
  readonly id: number;
  readonly url: string;
}

/** The settings of a probe, for its worker. */
export interface ProbeSettings {
  /** `null` if the source's clock is unknown. */
  readonly clock: ClockRelation | null;
  /** The frame rate of marks in audio, while no picture tells it. */
  readonly frameRate: Rate;
  /** Each picture of so many is compared with the reference. */
  readonly compareEvery: number;
}

/** Page to worker. */
export type ProbeCommand =
  /** Measures this track in place of the last one of its kind; `null`: it has ended. */
  | {
      readonly type: 'track';
      readonly kind: TrackKind;
      readonly input: TrackInput | null;
      /** When the probe was given the track, in milliseconds since 1970. */
      readonly start: number;
      /** By how much the dating of arrivals may be wrong, in milliseconds. */
      readonly uncertainty: number;
    }
  | ({ readonly type: 'settings' } & ProbeSettings)
  | { readonly type: 'reference'; readonly reference: Reference | null }
  /** Forgets all figures, and begins again with the tracks that there are. */
  | { readonly type: 'reset'; readonly start: number }
  | { readonly type: 'close' };

export interface ProbeRequests {
  report(request: object): WorkerReport;
}

/** The figures that the worker knows. */
export interface WorkerReport {
  readonly video: VideoReport | null;
  readonly audio: AudioReport | null;
  readonly offset: OffsetReport;
  /** The `start` of each kind's measurement: figures of an earlier one may still be on their way to the page. */
  readonly starts: Readonly<Partial<Record<TrackKind, number>>>;
  /** Why figures are not known: sentences that begin with the name of the figure and a colon. */
  readonly unsupported: readonly string[];
}

/** Worker to page. */
export type ProbeEvent =
  /** Once a second, and for the first frame. */
  { readonly type: 'report'; readonly report: WorkerReport } | { readonly type: 'failed'; readonly error: PlainError };
