import { checkerLines } from './checkers.js';
import { rgbToYcc } from './color.js';
import { layPicture } from './lay-picture.js';
import { edgePositions, paintLines, stillRenderer } from './lines.js';
import type { Pattern } from './pattern.js';

/**
 * Four bands of squares: black, white, red and blue at the end of the nominal range, alternating with values beyond it
 * (Y 1 and 254, Cr and Cb 254). Where the squares are invisible, something has clipped. Like GStreamer's, but without
 * the reserved codes 0 and 255.
 */
export const gamut: Pattern = {
  name: 'gamut',
  *prepare({ width, height, colorSpace }) {
    const picture = yield* layPicture(width, height, colorSpace);
    const bands = [
      { legal: [0, 0, 0], beyond: { y: 1 } },
      { legal: [255, 255, 255], beyond: { y: 254 } },
      { legal: [255, 0, 0], beyond: { v: 254 } },
      { legal: [0, 0, 255], beyond: { u: 254 } },
    ].map(({ legal: [r, g, b], beyond }) => {
      const color = rgbToYcc({ r, g, b }, picture.colorSpace);
      return checkerLines([{ ...color, ...beyond }, color], 16, picture);
    });
    const rows = edgePositions(height, [1, 1, 1, 1]);
    paintLines(picture, (row) => bands[rows.findIndex((edge) => edge > row) - 1][Math.floor(row / 16) % 2]);
    return stillRenderer(picture);
  },
};
