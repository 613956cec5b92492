import { type Band, bars, black, colors, grey } from './bars.js';
import type { Levels } from './color.js';
import type { Pattern } from './pattern.js';

/** SMPTE RP 219-1: 75 % bars, −I and +Q, a luma ramp, 100 % fields and PLUGE. */
export const smpteHd: Pattern = {
  name: 'smpte-hd',
  prepare: (description) => bars(description, bands),
};

const [white75, yellow75, cyan75, green75, magenta75, red75, blue75] = colors(0.75);
const [white, yellow, cyan, , , red, blue] = colors(1);

/** The phases of NTSC's colour difference axes, made legal: BT.709 gives the standard's 244/612/395 and 141/697/606. */
const minusI: Levels = [0, 0.2456, 0.4125];
const plusQ: Levels = [0.2536, 0, 0.4703];

// Widths in 1/56 of the picture: a side bar has 7 (1/8 w), one of the seven bars 6 (3/28 w). At 1920 the standard gives
// the edges by number, and some lie more than half a pixel from the proportion.
const bands: readonly Band[] = [
  {
    height: 7,
    fields: [
      [7, grey(0.4)],
      [6, white75],
      [6, yellow75],
      [6, cyan75],
      [6, green75],
      [6, magenta75],
      [6, red75],
      [6, blue75],
      [7, grey(0.4)],
    ],
    edgesAt: { 1920: [0, 240, 445, 651, 857, 1063, 1269, 1475, 1680, 1920] },
  },
  {
    height: 1,
    fields: [
      [7, cyan],
      [6, minusI],
      [36, white75],
      [7, blue],
    ],
    edgesAt: { 1920: [0, 240, 445, 1680, 1920] },
  },
  {
    height: 1,
    fields: [
      [7, yellow],
      [6, plusQ],
      [30, black, white],
      [6, white],
      [7, red],
    ],
    edgesAt: { 1920: [0, 240, 445, 1475, 1680, 1920] },
  },
  {
    height: 3,
    fields: [
      [7, grey(0.15)],
      [9, black],
      [12, white],
      [5, black],
      [2, grey(-0.02)],
      [2, black],
      [2, grey(0.02)],
      [2, black],
      [2, grey(0.04)],
      [6, black],
      [7, grey(0.15)],
    ],
    edgesAt: { 1920: [0, 240, 549, 960, 1131, 1200, 1268, 1337, 1405, 1474, 1680, 1920] },
  },
];
