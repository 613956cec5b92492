import { named } from '../check.js';
import { modulo } from '../maths.js';
import { createPicture } from '../picture.js';
import type { PatternDescription, PatternRenderer } from './pattern.js';

/** Mirrors and scrolls a pattern, as its description says: it is mirrored first, so that it scrolls the way it is told. */
export function transformed(base: PatternRenderer, description: PatternDescription): PatternRenderer {
  const { flip = 'none', scrollX = 0, scrollY = 0, speed } = description;
  const ways = ['none', 'horizontal', 'vertical', 'both'].map((name) => ({ name }));
  const way = ways.indexOf(named('flip', ways, flip));
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
      // In whole chroma samples, steps of two pixels, so that none has to be made anew.
      const left = modulo(Math.floor((n * speed * scrollX) / 2), width / 2);
      const up = modulo(Math.floor((n * speed * scrollY) / 2), height / 2);
      for (const plane of ['y', 'u', 'v'] as const) {
        const scale = plane === 'y' ? 2 : 1;
        const columns = (width / 2) * scale;
        const rows = (height / 2) * scale;
        const split = way & 1 ? columns - left * scale : left * scale;
        for (let row = 0; row < rows; row++) {
          const at = (row + up * scale) % rows;
          const from = base.picture[plane].subarray((way & 2 ? rows - 1 - at : at) * columns).subarray(0, columns);
          const to = picture[plane].subarray(row * columns, (row + 1) * columns);
          to.set(from.subarray(split));
          to.set(from.subarray(0, split), columns - split);
          if (way & 1) to.reverse();
        }
      }
    },
  };
}
