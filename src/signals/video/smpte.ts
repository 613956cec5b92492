import { type Band, barColors, blackLevels, drawBars, greyLevels } from './bars.js';
import type { Pattern } from './pattern.js';

/** SMPTE EG 1 (ECR 1): 75 % bars, the reversed blue row, −I, +Q and PLUGE. */
export const smpte: Pattern = {
  name: 'smpte',
  prepare: (description) => drawBars(description, eg1Bands(0.75)),
};

/** The layout of EG 1 with its bars and its blue row at 100 %. */
export const smpte100: Pattern = {
  name: 'smpte-100',
  prepare: (description) => drawBars(description, eg1Bands(1)),
};

/** Chroma on black, as in NTSC, which is outside of the range of RGB. In 10 bits: 64/633/380 and 64/698/598. */
const minusI = { y: 16, u: 158.25, v: 95 };
const plusQ = { y: 16, u: 174.5, v: 149.5 };

/**
 * The layout of EG 1 with bars at a level. The blue row has the same level: on a monitor in blue-only mode, both must
 * match.
 */
function eg1Bands(level: number): readonly Band[] {
  const [white, yellow, cyan, green, magenta, red, blue] = barColors(level);
  return [
    {
      height: 8,
      fields: [white, yellow, cyan, green, magenta, red, blue].map((color) => [1, color]),
    },
    {
      height: 1,
      fields: [blue, blackLevels, magenta, blackLevels, cyan, blackLevels, white].map((color) => [1, color]),
    },
    {
      height: 3,
      // Widths in 1/84 of the picture.
      fields: [
        [15, minusI],
        [15, greyLevels(1)],
        [15, plusQ],
        [15, blackLevels],
        [4, greyLevels(-0.04)],
        [4, blackLevels],
        [4, greyLevels(0.04)],
        [12, blackLevels],
      ],
    },
  ];
}
