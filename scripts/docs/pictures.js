import { PNG } from 'pngjs';
import { createPatternRenderer } from 'track-elements/signals';
import { ContactSheet } from '../contact-sheet.js';

const WIDTH_PX = 160;
const HEIGHT_PX = 90;
const CORNER_PX = 4;

// Seen as well on a white page as on a dark one.
const EDGE = [118, 126, 139];

/** Frames to try: the first that is not of one colour is the picture. */
const FRAMES = [20, 0, 40, 60, 20];

/** A small PNG of a pattern, made by the real renderer. */
export function pictureOf(pattern) {
  const renderer = createPatternRenderer({ pattern, width: 2 * WIDTH_PX, height: 2 * HEIGHT_PX });
  for (const n of FRAMES) {
    renderer.render(n);
    if (renderer.picture.y.some((level, _, [first]) => level !== first)) break;
  }
  const sheet = new ContactSheet(WIDTH_PX, HEIGHT_PX);
  sheet.put(renderer.picture, 0, 0, CORNER_PX, EDGE);
  return sheet.toPng();
}

/** Whether two PNGs have the same pixels: another version of zlib compresses the same pixels to other bytes. */
export const haveSamePixels = (one, other) => PNG.sync.read(one).data.equals(PNG.sync.read(other).data);
