import { type Band, barColors, blackLevels, drawBars, greyLevels } from './bars.js';
import type { Levels } from './color.js';
import type { Pattern } from './pattern.js';

const [white75, yellow75, cyan75, green75, magenta75, red75, blue75] = barColors(0.75);
const [white, yellow, cyan, , , red, blue] = barColors(1);

/**
 * Legal colours with the phases of NTSC's axes. In BT.709 they are the standard's 244/612/395, 245/412/629 and
 * 141/697/606.
 */
const minusI: Levels = [0, 0.2456, 0.4125];
const plusI: Levels = [0.4123, 0.1664, 0];
const plusQ: Levels = [0.2536, 0, 0.4703];

/** The options for the field beside the side bar in the second row, and in the third. */
const second = { '-I': minusI, '+I': plusI, '75% white': white75, '100% white': white };
const third = { '+Q': plusQ, '0% black': blackLevels };

const keysOf = <K extends string>(table: Readonly<Record<K, Levels>>) => Object.keys(table) as K[];

const params = {
  row2: { type: 'choice', default: '-I', options: keysOf(second) },
  row3: { type: 'choice', default: '+Q', options: keysOf(third) },
  subBlack: { type: 'boolean', default: false },
  superWhite: { type: 'boolean', default: false },
} as const;

/**
 * SMPTE RP 219-1: 75 % bars, −I and +Q, a luma ramp, 100 % fields and PLUGE, with the options of the recommended
 * practice.
 */
export const smpteHd: Pattern<typeof params> = {
  name: 'smpte-hd',
  params,
  prepare(description, { row2, row3, subBlack, superWhite }) {
    const plain = row4(blackLevels, white);
    return drawBars(description, [
      row1,
      {
        height: 1,
        fields: [
          [7, cyan],
          [6, second[row2]],
          [36, white75],
          [7, blue],
        ],
        edgesAt: { 1920: [0, 240, 445, 1680, 1920] },
      },
      {
        height: 1,
        fields: [
          [7, yellow],
          [6, third[row3]],
          [30, blackLevels, white],
          [6, white],
          [7, red],
        ],
        edgesAt: { 1920: [0, 240, 445, 1475, 1680, 1920] },
      },
      plain,
      // 10-bit 4 and 1019 are the limits of video data. In 8 bits, 255 is reserved, so the peak is 254.
      row4(subBlack ? greyLevels(-15 / 219) : blackLevels, superWhite ? greyLevels(238 / 219) : white),
      plain,
    ]);
  },
};

// Widths in 1/56 of the picture: a side bar has 7 (1/8 w), each of the seven bars has 6 (3/28 w). For a width of 1920
// the standard lists the edges, and some are more than half a pixel away from the proportion.
const row1: Band = {
  height: 7,
  fields: [
    [7, greyLevels(0.4)],
    [6, white75],
    [6, yellow75],
    [6, cyan75],
    [6, green75],
    [6, magenta75],
    [6, red75],
    [6, blue75],
    [7, greyLevels(0.4)],
  ],
  edgesAt: { 1920: [0, 240, 445, 651, 857, 1063, 1269, 1475, 1680, 1920] },
};

/** A third of the lowest row. The middle third may have a valley in its first black and a peak in its white. */
const row4 = (valley: Levels, peak: Levels): Band => ({
  height: 1,
  fields: [
    [7, greyLevels(0.15)],
    [4.5, blackLevels, valley],
    [4.5, valley, blackLevels],
    [6, white, peak],
    [6, peak, white],
    [5, blackLevels],
    [2, greyLevels(-0.02)],
    [2, blackLevels],
    [2, greyLevels(0.02)],
    [2, blackLevels],
    [2, greyLevels(0.04)],
    [6, blackLevels],
    [7, greyLevels(0.15)],
  ],
  edgesAt: { 1920: [0, 240, 395, 549, 755, 960, 1131, 1200, 1268, 1337, 1405, 1474, 1680, 1920] },
});
