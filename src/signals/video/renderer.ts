import { check, named, oneOf } from '../check.js';
import { readParams } from '../params.js';
import { rateValue } from '../rate.js';
import { levels } from './color.js';
import { overlaid } from './overlay.js';
import type { Pattern, PatternDescription, PatternRenderer, PatternTable } from './pattern.js';
import { flips, transformed } from './transform.js';

/**
 * Makes a renderer of a pattern's description, mirrored and scrolled, with its label and time code on it, from the
 * patterns of a table.
 *
 * @throws {TypeError | RangeError} that says what is accepted where the description cannot be drawn.
 */
export function rendererFrom(asked: PatternDescription, table: PatternTable): PatternRenderer {
  const [pattern, description] = resolved(asked, table);
  const { width, height, frameRate, colorSpace, color, background, speed, seed } = description;
  const { scrollX = 0, scrollY = 0, flip = 'none' } = description;
  checkSize(width, height);
  const fps = rateValue(frameRate);
  check(fps > 0 && fps <= 1000, 'Frame rate', fps, 'above 0 and at most 1000');
  for (const [what, value] of Object.entries({ Speed: speed, Seed: seed, scrollX, scrollY })) {
    check(Number.isFinite(value), what, value, 'a number');
  }
  if (colorSpace !== undefined) oneOf('colour space', ['bt601', 'bt709'], colorSpace);
  oneOf('flip', flips, flip);
  for (const rgb of [color, background]) if (rgb) levels(rgb);
  const base = pattern.prepare(description, readParams(pattern.params ?? {}, description.params));
  return overlaid(transformed(base, description), description);
}

/** The pattern that a description names, and what an alias has as defaults put into it. */
function resolved(description: PatternDescription, table: PatternTable): [Pattern, PatternDescription] {
  const found = named('pattern', table, description.pattern);
  if ('prepare' in found) return [found, description];
  const { color, background, params } = found.defaults;
  const pattern = found.alias;
  return resolved(
    {
      ...description,
      pattern,
      color: description.color ?? color,
      background: description.background ?? background,
      params: { ...params, ...description.params },
    },
    table,
  );
}

/** @throws {RangeError} for a size that no picture has. */
export function checkSize(width: number, height: number): void {
  for (const [side, pixels] of Object.entries({ Width: width, Height: height })) {
    check(pixels % 2 === 0 && pixels >= 2 && pixels <= 16384, side, pixels, 'an even whole number from 2 to 16384');
  }
}
