import { checkNumber, checkOneOf } from '../checks.js';
import { modulo } from '../maths.js';
import { createPicture } from '../picture.js';
import type { Flip, PatternDescription, PatternRenderer } from './pattern.js';

/** The first bit mirrors columns, the second one rows. */
const flips: readonly Flip[] = ['none', 'horizontal', 'vertical', 'both'];

/** Mirrors and scrolls a pattern, as its description says: it is mirrored first, so that it scrolls the way it is told. */
export function transformed(base: PatternRenderer, description: PatternDescription): PatternRenderer {
  const { flip = 'none', scrollX = 0, scrollY = 0, speed } = description;
  checkOneOf('flip', flips, flip);
  checkNumber('scrollX', scrollX);
  checkNumber('scrollY', scrollY);
  const way = flips.indexOf(flip);
  const moves = speed && (scrollX || scrollY);
  if (!way && !moves) return base;
  const { width, height, colorSpace } = base.picture;
  const picture = createPicture(width, height, colorSpace);
  let shown = Number.NaN;
  return {
    picture,
    key: moves ? (n) => n : base.key,
    render(n) {
      const key = base.key(n);
      if (key !== shown) base.render(n);
      shown = key;
      for (const plane of ['y', 'u', 'v'] as const) {
        const size = plane === 'y' ? 1 : 2;
        const columns = width / size;
        const rows = height / size;
        // In whole chroma samples, steps of two pixels, so that none has to be made anew.
        const steps = (pixels: number) => (Math.floor((n * speed * pixels) / 2) * 2) / size;
        const split = modulo((way & 1 ? -1 : 1) * steps(scrollX), columns);
        for (let row = 0; row < rows; row++) {
          const at = modulo(row + steps(scrollY), rows);
          const start = (way & 2 ? rows - 1 - at : at) * columns;
          const to = picture[plane].subarray(row * columns, (row + 1) * columns);
          to.set(base.picture[plane].subarray(start + split, start + columns));
          to.set(base.picture[plane].subarray(start, start + split), columns - split);
          if (way & 1) to.reverse();
        }
      }
    },
  };
}
