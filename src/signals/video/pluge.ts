import { blackLevels, drawBars, greyLevels } from './bars.js';
import type { Pattern } from './pattern.js';

// 10-bit codes 80 and 48: 16 above and below black, on a scale of 876 from black to white.
const lighter = greyLevels(16 / 876);
const darker = greyLevels(-16 / 876);

/**
 * Row edges, in lines of 1080: those of the patches, and those of 39 bands of ten lines; every second band is a stripe.
 */
const rows = [0, 324, 468, 612, 756, 1080, ...Array.from({ length: 40 }, (_, i) => 345 + 10 * i)].sort((a, b) => a - b);

const bands = rows.slice(1).map((bottom, i) => {
  const top = rows[i];
  const band = Math.floor((top - 345) / 10);
  const stripe = band < 0 || band > 38 || band % 2 ? blackLevels : band < 20 ? lighter : darker;
  const middle = top >= 468 && top < 612;
  const patch = top < 324 || top >= 756 || middle ? blackLevels : top < 468 ? lighter : darker;
  return {
    height: bottom - top,
    // Widths in 1/80 of the picture.
    fields: [
      [13, blackLevels],
      [12, stripe],
      [12, blackLevels],
      [6, middle ? greyLevels(1) : blackLevels],
      [12, blackLevels],
      [12, patch],
      [13, blackLevels],
    ] as const,
  };
});

/** ITU-R BT.814-4 for SDR: stripes and patches slightly above and below black, and a white patch in the middle. */
export const pluge: Pattern = { name: 'pluge', prepare: (description) => drawBars(description, bands) };
