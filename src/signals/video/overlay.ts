import type { PatternDescription, PatternRenderer } from './pattern.js';
import { createTextBox, textScale } from './text-box.js';
import { timecodeAt } from './timecode.js';

/**
 * Lays a description's label and time code over its pattern.
 *
 * The boxes are opaque and keep their place, so whatever the pattern paints below them, one repainting of a box sets it
 * right: the picture depends on `n` alone.
 */
export function overlaid(base: PatternRenderer, description: PatternDescription): PatternRenderer {
  const { timecode, frameRate } = description;
  const { picture } = base;
  const label = plain(description.label, Math.max(1, Math.floor((picture.width * 0.95 - 5) / 6)));
  if (!label && !timecode) return base;
  // Within the area that is safe for titles (EBU R 95), the label a line above the time code.
  const bottom = picture.height * 0.95;
  const name = label && createTextBox(picture, [...label].length, bottom - 18 * textScale(picture.height));
  const clock = timecode && createTextBox(picture, timecodeAt(0, frameRate).length, bottom);
  if (name) name.write(label);
  let shown = Number.NaN;
  return {
    picture,
    // n tells apart all frames that the pattern or the time code tells apart.
    key: timecode ? (n) => n : base.key,
    render(n) {
      const key = base.key(n);
      if (key !== shown) {
        base.render(n);
        if (name) name.show();
        shown = key;
      }
      if (clock) {
        clock.write(timecodeAt(n, frameRate));
        clock.show();
      }
    },
  };
}

/** A label in the letters of the font, as far as possible (é becomes e), and no longer than fits. */
function plain(label: string, most: number): string {
  const letters = [...label.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim()];
  if (letters.length > most) letters.splice(Math.max(0, most - 3), letters.length, '...');
  return letters.join('');
}
