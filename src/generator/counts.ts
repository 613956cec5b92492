/** The numbers that a source counts from its start on. */
export interface Counts {
  /** Frames, or blocks of 10 ms, that were given to the track. */
  produced: number;
  /** Frames or blocks that were due or written and were never given to the track. */
  dropped: number;
  /** Frames or blocks that were given to the track more than half a period after they were due. */
  late: number;
  /** Frames that were given to the track once more because nothing had changed. */
  repeated: number;
  /** How often written audio ran out, so that silence was played. */
  underruns: number;
}

export const noCounts = (): Counts => ({ produced: 0, dropped: 0, late: 0, repeated: 0, underruns: 0 });
