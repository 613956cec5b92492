/** A recording has grown. */
export class RecordingProgressEvent extends Event {
  constructor(
    /** Seconds that are recorded. */
    readonly duration: number,
    /** Bytes that are recorded. */
    readonly size: number,
  ) {
    super('progress');
  }
}
