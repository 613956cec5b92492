import { checkNumber } from './checks.js';

/**
 * One I420 image: three planes of 8-bit samples, the chroma planes at half the size in both directions.
 * Width and height are even. Limited range: black is Y 16, white is Y 235, neutral chroma is 128.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Luma, `width × height` samples, row by row without padding. */
  readonly y: Uint8Array;
  /** Blue difference (Cb), `width/2 × height/2` samples. */
  readonly u: Uint8Array;
  /** Red difference (Cr), `width/2 × height/2` samples. */
  readonly v: Uint8Array;
  readonly colorSpace: ColorSpace;
}

/** The matrix of Y'CbCr: ITU-R BT.601 (standard definition) or BT.709 (high definition). */
export type ColorSpace = 'bt601' | 'bt709';

/** The colour space of a picture of this height if none is given: BT.709 from 720 lines on, BT.601 below. */
export const defaultColorSpace = (height: number): ColorSpace => (height >= 720 ? 'bt709' : 'bt601');

/**
 * A black picture. Its planes are in one buffer in the order Y, U, V, the layout that `VideoFrame` accepts.
 *
 * @throws {RangeError} for a size that is not even, or not from 2 to 16384.
 */
export function createPicture(width: number, height: number, colorSpace?: ColorSpace): Picture {
  checkSize(width, height);
  return blackPicture(width, height, colorSpace);
}

/** As {@link createPicture}, of a size that was checked before. */
export function blackPicture(width: number, height: number, colorSpace?: ColorSpace): Picture {
  const picture = emptyPicture(width, height, colorSpace);
  picture.y.fill(16);
  picture.u.fill(128);
  picture.v.fill(128);
  return picture;
}

/** A picture whose samples are 0, which is no colour. Its memory is not in use before something is painted. */
export function emptyPicture(width: number, height: number, colorSpace = defaultColorSpace(height)): Picture {
  const luma = width * height;
  const chroma = luma / 4;
  const bytes = new Uint8Array(luma + 2 * chroma);
  return {
    width,
    height,
    y: bytes.subarray(0, luma),
    u: bytes.subarray(luma, luma + chroma),
    v: bytes.subarray(luma + chroma),
    colorSpace,
  };
}

/** @throws {RangeError} for a size that no picture can have. */
export function checkSize(width: unknown, height: unknown): void {
  checkNumber('width', width, SIDE_PX);
  checkNumber('height', height, SIDE_PX);
}

const SIDE_PX = { min: 2, max: 16384, even: true, whole: true } as const;
