import type { ColorSpace } from '../picture.js';

/** By how much something changes for one unit of Cb and for one of Cr. */
export type PerChroma = readonly [blue: number, red: number];

/** How luma, Cb and Cr of one colour space follow from those of another one. */
export interface Recoding {
  /** Added to luma, which is on the same scale as the chroma. */
  readonly luma: PerChroma;
  readonly blue: PerChroma;
  readonly red: PerChroma;
}

/** The weights of red and blue in luma, of ITU-R BT.601 and BT.709. */
export const lumaWeights: Readonly<Record<ColorSpace, { readonly kr: number; readonly kb: number }>> = {
  bt601: { kr: 0.299, kb: 0.114 },
  bt709: { kr: 0.2126, kb: 0.0722 },
};

/** Recodes colours of one colour space in another one. */
export function recodingOf(from: ColorSpace, to: ColorSpace): Recoding {
  const [{ kr: oldKr, kb: oldKb }, { kr, kb }] = [lumaWeights[from], lumaWeights[to]];
  // By how much red, green and blue exceed the old luma.
  const perChroma = (formula: (red: number, blue: number) => number): PerChroma => [
    formula(0, 2 * (1 - oldKb)),
    formula(2 * (1 - oldKr), 0),
  ];
  const greenOf = (red: number, blue: number) => -(oldKr * red + oldKb * blue) / (1 - oldKr - oldKb);
  const lumaOf = (red: number, blue: number) => kr * red + (1 - kr - kb) * greenOf(red, blue) + kb * blue;
  return {
    luma: perChroma(lumaOf),
    blue: perChroma((red, blue) => (blue - lumaOf(red, blue)) / (2 * (1 - kb))),
    red: perChroma((red, blue) => (red - lumaOf(red, blue)) / (2 * (1 - kr))),
  };
}
