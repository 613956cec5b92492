import { random32 } from '../random.js';
import { layPicture } from './lay-picture.js';
import type { Pattern } from './pattern.js';

const params = {
  mode: { type: 'choice', default: 'mono', options: ['mono', 'colour'] },
} as const;

/** Random grey, or random colour, in every pixel of every frame. */
export const snow: Pattern<typeof params> = {
  name: 'snow',
  params,
  *prepare({ width, height, colorSpace, seed, speed }, { mode }) {
    const picture = yield* layPicture(width, height, colorSpace);
    const bytes = new Uint8Array(picture.y.buffer);
    const mono = mode === 'mono';
    // Width and height are even, so the luma plane is a whole number of words. All planes together may have two bytes
    // more.
    const words = new Uint32Array(picture.y.buffer, 0, (mono ? picture.y : bytes).length >> 2);
    const key = (n: number) => Math.floor(n * speed);
    return {
      picture,
      key,
      render(n) {
        let x = random32(seed, key(n)) || 1;
        for (let i = 0; i < words.length; i++) {
          x ^= x << 13;
          x ^= x >>> 17;
          x ^= x << 5;
          // Four pixels at once: 16 + b − b/8 − b/64 − 2·b/128 maps every byte b to 16 … 235 without a borrow.
          words[i] = 0x10101010 + x - ((x >>> 3) & 0x1f1f1f1f) - ((x >>> 6) & 0x03030303) - ((x >>> 6) & 0x02020202);
        }
        if (!mono) bytes.copyWithin(4 * words.length, 0);
      },
    };
  },
};
