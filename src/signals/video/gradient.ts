import { bars } from './bars.js';
import { black, levels, white } from './color.js';
import type { Pattern } from './pattern.js';

/** From `color` (white) at the left to `background` (black) at the right. */
export const gradient: Pattern = {
  name: 'gradient',
  prepare: (description) => {
    const { color = white, background = black } = description;
    return bars(description, [{ height: 1, fields: [[1, levels(color), levels(background)]] }]);
  },
};
