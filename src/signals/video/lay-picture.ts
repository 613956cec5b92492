import { type ColorSpace, emptyPicture, type Picture } from '../picture.js';
import { fillInSlices, type Slices } from './slices.js';

/**
 * `createPicture()` in slices. The first use of memory takes longer than most painting: up to 13 ms for 1920x1080 on a
 * virtual machine.
 */
export function* layPicture(width: number, height: number, colorSpace?: ColorSpace): Slices<Picture> {
  const picture = emptyPicture(width, height, colorSpace);
  yield* fillInSlices(picture.y, 16);
  yield* fillInSlices(picture.u, 128);
  yield* fillInSlices(picture.v, 128);
  return picture;
}
