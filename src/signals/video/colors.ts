import { nearestWhole } from '../maths.js';
import type { Picture } from '../picture.js';
import { encodeYcc, type Ycc } from './color.js';
import { layPicture } from './lay-picture.js';
import { stillRenderer } from './lines.js';
import type { Pattern, PatternRenderer } from './pattern.js';

const params = {
  form: { type: 'choice', default: 'ycbcr', options: ['ycbcr', 'rgb'] },
  range: { type: 'choice', default: 'extended', options: ['nominal', 'extended'] },
} as const;

/**
 * Every 8-bit colour.
 *
 * `ycbcr`: each frame has every pair of Cb (rising to the right) and Cr (rising downwards) at one luma, and the next
 * frame has the next luma. This needs two pixels per value: 508 by 508. `rgb`: one picture has every sRGB colour,
 * exactly once at 4096 by 4096: in squares of equal green, red rises to the right and blue rises downwards.
 */
export const colors: Pattern<typeof params> = {
  name: 'colors',
  params,
  *prepare(description, { form, range }) {
    const { width, height, colorSpace, speed } = description;
    const picture = yield* layPicture(width, height, colorSpace);
    if (form === 'rgb') return everyRgb(picture);
    const [low, luma, chroma] = range === 'nominal' ? [16, 220, 225] : [1, 254, 254];
    const row = Uint8Array.from({ length: width / 2 }, (_, x) => low + Math.floor((2 * x * chroma) / width));
    for (let i = 0; i < height / 2; i++) {
      const start = (i * width) / 2;
      picture.u.set(row, start);
      picture.v.fill(low + Math.floor((2 * i * chroma) / height), start, start + width / 2);
    }
    const key = (n: number) => {
      const frame = Math.floor(n * speed);
      return low + frame - luma * Math.floor(frame / luma);
    };
    return { picture, key, render: (n) => void picture.y.fill(key(n)) };
  },
};

/**
 * A column sets red and four bits of green, a row sets blue and the other four. Y'CbCr is linear, so it is their sum.
 */
function everyRgb(picture: Picture): PatternRenderer {
  const { width, height, colorSpace } = picture;
  const fine = (i: number, size: number) => (Math.floor((i * 4096) / size) % 256) / 255;
  const coarse = (i: number, size: number) => Math.floor((i * 16) / size) / 255;
  const columns = Array.from({ length: width }, (_, x) => encodeYcc([fine(x, width), coarse(x, width), 0], colorSpace));
  const rows = Array.from({ length: height }, (_, y) =>
    encodeYcc([0, 16 * coarse(y, height), fine(y, height)], colorSpace),
  );
  for (const plane of ['y', 'u', 'v'] as const) {
    // A chroma sample covers two pixels in each direction.
    const span = plane === 'y' ? 1 : 2;
    const means = (colors: readonly Ycc[]) =>
      Float64Array.from(
        { length: colors.length / span },
        (_, i) => (colors[span * i][plane] + colors[span * i + span - 1][plane]) / 2,
      );
    const [across, down] = [means(columns), means(rows)];
    const black = plane === 'y' ? 16 : 128;
    const out = picture[plane];
    let i = 0;
    for (const y of down) for (const x of across) out[i++] = nearestWhole(x + y - black);
  }
  return stillRenderer(picture);
}
