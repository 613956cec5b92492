/** A recording has grown. */
export class RecordingProgressEvent extends Event {
  constructor(
    /** Recorded time in seconds. */
    readonly duration: number,
    /** Recorded size in bytes. */
    readonly size: number,
  ) {
    super('progress');
  }
}
