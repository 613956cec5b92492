import { type Band, barColors, blackLevels, drawBars, greyLevels } from './bars.js';
import type { Pattern } from './pattern.js';

/** SMPTE EG 1 (ECR 1): 75 % bars, the reversed blue row, −I, +Q and PLUGE. */
export const smpte: Pattern = {
  name: 'smpte',
  prepare: (description) => drawBars(description, eg1(0.75)),
};

/** The layout of EG 1 with the bars, and the blue row that is compared with them, at 100 %. */
export const smpte100: Pattern = {
  name: 'smpte-100',
  prepare: (description) => drawBars(description, eg1(1)),
};

/** Chroma without luma, as NTSC had it; no RGB within range has it. In 10 bits 64/633/380 and 64/698/598. */
const minusI = { y: 16, u: 158.25, v: 95 };
const plusQ = { y: 16, u: 174.5, v: 149.5 };

/** The layout of EG 1 with bars at any level. The blue row has the same: seen through blue alone, both have to match. */
function eg1(level: number): readonly Band[] {
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
