import { type Band, bars, black, colors, grey } from './bars.js';
import type { Pattern } from './pattern.js';

/** SMPTE EG 1 (ECR 1): 75 % bars, the reversed blue row, −I, +Q and PLUGE. */
export const smpte: Pattern = {
  name: 'smpte',
  prepare: (description) => bars(description, eg1(0.75)),
};

/** Chroma without luma, as NTSC had it; no RGB within range has it. In 10 bits 64/633/380 and 64/698/598. */
const minusI = { y: 16, u: 158.25, v: 95 };
const plusQ = { y: 16, u: 174.5, v: 149.5 };

/** The layout of EG 1 with bars at any level. The blue row has the same: seen through blue alone, both have to match. */
export function eg1(level: number): readonly Band[] {
  const [white, yellow, cyan, green, magenta, red, blue] = colors(level);
  return [
    {
      height: 8,
      fields: [white, yellow, cyan, green, magenta, red, blue].map((color) => [1, color]),
    },
    {
      height: 1,
      fields: [blue, black, magenta, black, cyan, black, white].map((color) => [1, color]),
    },
    {
      height: 3,
      // Widths in 1/84 of the picture.
      fields: [
        [15, minusI],
        [15, grey(1)],
        [15, plusQ],
        [15, black],
        [4, grey(-0.04)],
        [4, black],
        [4, grey(0.04)],
        [12, black],
      ],
    },
  ];
}
