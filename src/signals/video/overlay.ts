import { plain } from './font.js';
import type { PatternDescription, PatternRenderer } from './pattern.js';
import { createTextBox, textScale } from './text-box.js';
import { frameOfDay, timecodeAt } from './timecode.js';

/**
 * Lays a description's label, time code and frame number over its pattern.
 *
 * The boxes are opaque and keep their place, so whatever the pattern paints below them, one repainting of a box sets it
 * right: the picture depends on `n` alone.
 */
export function overlaid(base: PatternRenderer, description: PatternDescription): PatternRenderer {
  const { timecode, frameCounter, frameRate, dropFrame, animation } = description;
  const { picture } = base;
  const label = plain(description.label, Math.max(1, Math.floor((picture.width * 0.95 - 5) / 6)));
  // Frames that are counted since 1970 have large numbers.
  const digits = animation === 'wall-clock' ? 12 : 8;
  const time = (n: number) =>
    timecodeAt(animation === 'wall-clock' ? frameOfDay(n, frameRate) : n, frameRate, dropFrame);
  const count = (n: number) =>
    [timecode && time(n), frameCounter && `${n}`.padStart(digits, '0').slice(-digits)].filter(Boolean).join(' ');
  const { length } = count(0);
  if (!label && !length) return base;
  // Within the area that is safe for titles (EBU R 95), the label a line above the time code.
  const bottom = picture.height * 0.95;
  const name = label && createTextBox(picture, [...label].length, bottom - 18 * textScale(picture.height));
  const clock = length && createTextBox(picture, length, bottom);
  if (name) name.write(label);
  let shown = Number.NaN;
  return {
    picture,
    // n tells apart all frames that the pattern or the count tells apart.
    key: clock ? (n) => n : base.key,
    render(n) {
      const key = base.key(n);
      if (key !== shown) {
        base.render(n);
        if (name) name.show();
        shown = key;
      }
      if (clock) {
        clock.write(count(n));
        clock.show();
      }
    },
  };
}
