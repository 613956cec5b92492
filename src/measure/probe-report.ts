/* The report of a probe, as plain data. Times are in milliseconds; `null` means that a figure is not known. */

/** The freezes of a stream: pictures that stayed too long, by the definition of `freezeCount` in webrtc-stats. */
export interface FreezeReport {
  readonly count: number;
  /** Milliseconds. */
  readonly longest: number;
  /** Milliseconds of all of them together. */
  readonly total: number;
}

/** The time from when a frame was made to its arrival, in milliseconds. */
export interface LatencyReport {
  readonly median: number | null;
  /** The 95th percentile: 95 of 100 frames arrived earlier. */
  readonly p95: number | null;
  readonly max: number | null;
  /** By how much each of the other figures may be wrong. */
  readonly uncertainty: number | null;
}

/** A size that the pictures had, and since when: milliseconds after the first picture. */
export interface SizeReport {
  readonly width: number;
  readonly height: number;
  readonly time: number;
}

/** The figures of a video track. */
export interface VideoReport {
  /** Pictures that came, with or without a mark. */
  readonly received: number;
  /** Pictures that did not come, as the numbers in the marks show. */
  readonly lost: number | null;
  /** Pictures that came again. */
  readonly repeated: number | null;
  /** Pictures that came after one with a higher number. */
  readonly outOfOrder: number | null;
  /** Pictures that came with a mark too damaged to be read. They are not among the lost ones. */
  readonly corrupt: number | null;
  /** Pictures per second, of the last 60. */
  readonly frameRate: number | null;
  /** The standard deviation of the time between two pictures, of the last 60, in milliseconds. */
  readonly jitter: number | null;
  readonly freezes: FreezeReport;
  /** The time from when the probe got the track to the first picture, in milliseconds. */
  readonly startup: number | null;
  /** Each size that the pictures had, in the order in which they came. */
  readonly sizes: readonly SizeReport[];
  readonly latency: LatencyReport;
  /** Peak signal-to-noise ratio against the reference, of all planes, in dB: at most 100. */
  readonly psnr: number | null;
  /** Structural similarity against the reference, of all planes, at most 1. */
  readonly ssim: number | null;
  /** The numbers of the marked sources, the newest one last. */
  readonly sources: readonly number[];
  /** How often a source began to count again. */
  readonly restarts: number;
  /** Sentences that say what is wrong. */
  readonly findings: readonly string[];
}

/** The figures of an audio track. A frame is the audio that belongs to one picture. */
export interface AudioReport {
  /** Frames whose mark was read. */
  readonly received: number;
  /** Frames between the received ones whose mark was not read: they did not come, or were damaged. */
  readonly lost: number | null;
  /** Frames whose mark was read again, because audio was repeated. */
  readonly repeated: number | null;
  /** The time from when the probe got the track to the first samples, in milliseconds. */
  readonly startup: number | null;
  /** Known only while a picture of the same source is received too, because the mark in audio carries no time. */
  readonly latency: LatencyReport;
  readonly findings: readonly string[];
}

/** How much later the audio comes than the picture of the same frame. */
export interface OffsetReport {
  /** Milliseconds: above 0 the audio is late, below it is early. */
  readonly median: number | null;
  /** Parts per million by which the offset grows: 100 ppm are 6 ms in a minute. It is known only after some time. */
  readonly drift: number | null;
  /** By how much `median` may be wrong, in milliseconds. */
  readonly uncertainty: number | null;
}

/** How much time each stage between the two ends of a peer connection takes, in milliseconds per picture. */
export interface StageReport {
  readonly encode: number | null;
  readonly network: number | null;
  readonly jitterBuffer: number | null;
  readonly decode: number | null;
  readonly show: number | null;
}

/** All figures of a probe. */
export interface ProbeReport {
  /** `null` before there was a video track. */
  readonly video: VideoReport | null;
  /** `null` before there was an audio track. */
  readonly audio: AudioReport | null;
  readonly offset: OffsetReport;
  readonly stages: StageReport;
  /** Sentences that say which figures are not known, or less exact, and why. */
  readonly unsupported: readonly string[];
}

export const noLatency: LatencyReport = { median: null, p95: null, max: null, uncertainty: null };

export const noOffset: OffsetReport = { median: null, drift: null, uncertainty: null };

export const noStages: StageReport = { encode: null, network: null, jitterBuffer: null, decode: null, show: null };

/** The report of a probe that has had no track. */
export const emptyReport: ProbeReport = {
  video: null,
  audio: null,
  offset: noOffset,
  stages: noStages,
  unsupported: [],
};
