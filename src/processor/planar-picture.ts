/** One picture of 8-bit samples with chroma at half the size, as a decoder gives it. */
export interface PlanarPicture {
  readonly width: number;
  readonly height: number;
  readonly y: Plane;
  readonly u: Plane;
  readonly v: Plane;
}

/** The samples of a plane, row by row. */
export interface Plane {
  readonly samples: Uint8Array;
  /** Samples from the start of a row to the start of the next one. */
  readonly stride: number;
}
