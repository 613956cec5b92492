/** A recording is complete. */
export class RecordedEvent extends Event {
  constructor(
    /** The recording; the file, if it was written to one. */
    readonly blob: Blob,
    /** Recorded time in seconds. */
    readonly duration: number,
    /** A name for its file, with the ending of its type. */
    readonly filename: string,
  ) {
    super('recorded');
  }
}
