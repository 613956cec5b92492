/** A monitor has made a picture of what it shows. */
export class SnapshotEvent extends Event {
  constructor(
    /** The picture, a PNG in the size of the track. */
    readonly blob: Blob,
    /** A name for its file. */
    readonly filename: string,
  ) {
    super('snapshot', { cancelable: true });
  }
}
