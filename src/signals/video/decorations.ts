/*
 * Decorations: what a description can add to any pattern. The pattern is flipped and scrolled; label, time code and
 * frame counter are drawn over it, and the mark over all. The engine's worker loads this file when a description needs it.
 */
import { checkOneOf } from '../check-names.js';
import { checkNumber } from '../checks.js';
import { markLayout, PLACES } from '../mark/mark-layout.js';
import { PICTURE_MARK_FRAMES, paintMark } from '../mark/paint-mark.js';
import { encodeMark } from '../mark/picture-mark.js';
import { modulo } from '../maths.js';
import { toFontText } from './font.js';
import { layPicture } from './lay-picture.js';
import type { CompletePatternDescription, Decorate, Flip, PatternRenderer } from './pattern.js';
import type { Slices } from './slices.js';
import { createTextBox, textScale } from './text-box.js';
import { zoneOffset } from './time-zone.js';
import { frameOfDay, timecodeAt } from './timecode.js';

export const decorate: Decorate = function* (base, description) {
  return addMark(addText(yield* flipAndScroll(base, description), description), description);
};

/** The index of a flip: bit 0 mirrors the columns, bit 1 the rows. */
const FLIPS: readonly Flip[] = ['none', 'horizontal', 'vertical', 'both'];

/** Flips first, so that `scrollX` always scrolls to the left as seen. */
function* flipAndScroll(base: PatternRenderer, description: CompletePatternDescription): Slices<PatternRenderer> {
  const { flip, scrollX, scrollY, speed } = description;
  checkOneOf('flip', FLIPS, flip);
  checkNumber('scrollX', scrollX);
  checkNumber('scrollY', scrollY);
  const flipBits = FLIPS.indexOf(flip);
  const scrolls = speed && (scrollX || scrollY);
  if (!flipBits && !scrolls) return base;
  const { width, height, colorSpace } = base.picture;
  const picture = yield* layPicture(width, height, colorSpace);
  let drawnKey = Number.NaN;
  return {
    picture,
    key: scrolls ? (n) => n : base.key,
    catchUp: (n) => base.catchUp?.(n),
    render(n) {
      const key = base.key(n);
      if (key !== drawnKey) base.render(n);
      drawnKey = key;
      for (const plane of ['y', 'u', 'v'] as const) {
        const size = plane === 'y' ? 1 : 2;
        const columns = width / size;
        const rows = height / size;
        // Steps of two pixels are whole chroma samples, so no sample has to be interpolated.
        const steps = (pixels: number) => (Math.floor((n * speed * pixels) / 2) * 2) / size;
        const split = modulo((flipBits & 1 ? -1 : 1) * steps(scrollX), columns);
        for (let row = 0; row < rows; row++) {
          const at = modulo(row + steps(scrollY), rows);
          const start = (flipBits & 2 ? rows - 1 - at : at) * columns;
          const to = picture[plane].subarray(row * columns, (row + 1) * columns);
          to.set(base.picture[plane].subarray(start + split, start + columns));
          to.set(base.picture[plane].subarray(start, start + split), columns - split);
          if (flipBits & 1) to.reverse();
        }
      }
    },
  };
}

/**
 * Draws label, time code and frame number over a pattern.
 *
 * The boxes are opaque and stay in one place. If the pattern draws under a box, drawing the box again restores
 * it, so the picture depends only on `n`.
 */
function addText(base: PatternRenderer, description: CompletePatternDescription): PatternRenderer {
  const { timecode, frameCounter, frameRate, dropFrame, animation, timeZone } = description;
  const { picture } = base;
  const label = toFontText(description.label, Math.max(1, Math.floor((picture.width * 0.95 - 5) / 6)));
  const isWallClock = animation === 'wall-clock';
  const offset = zoneOffset(timeZone);
  const offsetOf = (n: number) => offset((n * frameRate.denominator) / frameRate.numerator);
  const timecodeOf = (n: number) =>
    timecodeAt(isWallClock ? frameOfDay(n, frameRate, offsetOf(n)) : n, frameRate, dropFrame);
  // Frame numbers since 1970 are long.
  const digits = isWallClock ? 12 : 8;
  const numberOf = (n: number) => `${n}`.padStart(digits, '0').slice(-digits);
  const textOf = (n: number) => [timecode && timecodeOf(n), frameCounter && numberOf(n)].filter(Boolean).join(' ');
  const { length } = textOf(0);
  if (!label && !length) return base;
  // Inside the title-safe area of EBU R 95. The label is one line above the time code.
  const bottom = picture.height * 0.95;
  const labelBox = label && createTextBox(picture, [...label].length, bottom - 18 * textScale(picture.height));
  const counterBox = length && createTextBox(picture, length, bottom);
  if (labelBox) labelBox.write(label);
  let drawnKey = Number.NaN;
  return {
    picture,
    // The frame number also tells apart all pictures of the pattern.
    key: counterBox ? (n) => n : base.key,
    catchUp: (n) => base.catchUp?.(n),
    render(n) {
      const key = base.key(n);
      if (key !== drawnKey) {
        base.render(n);
        if (labelBox) labelBox.show();
        drawnKey = key;
      }
      if (counterBox) {
        counterBox.write(textOf(n));
        counterBox.show();
      }
    },
  };
}

/** Paints the mark, which is new in each frame. The picture below it is drawn only if that changes. */
function addMark(base: PatternRenderer, description: CompletePatternDescription): PatternRenderer {
  const { mark, markPlace: place, markSize: size, markSource: source, frameRate: rate } = description;
  checkOneOf('markPlace', PLACES, place);
  checkNumber('markSize', size, { min: 1, max: 50, unit: '%' });
  checkNumber('markSource', source, { min: 0, max: 0xffff, whole: true });
  if (!mark) return base;
  const { picture } = base;
  // A rate that no mark has, and a picture that is too small, are told now.
  encodeMark({ frame: 0, rate, time: 0, source });
  markLayout(picture.width, picture.height, { size });
  let drawnKey = Number.NaN;
  return {
    picture,
    key: (n) => n,
    catchUp: (n) => base.catchUp?.(n),
    render(n, time) {
      const key = base.key(n);
      if (key !== drawnKey) base.render(n);
      drawnKey = key;
      if (time === undefined) return;
      const frame = modulo(n, PICTURE_MARK_FRAMES);
      paintMark(picture, { frame, rate, time: Math.round(time), source }, { place, size });
    },
  };
}
