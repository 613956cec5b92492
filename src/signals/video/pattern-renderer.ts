import { checkOneOf, findByName } from '../check-names.js';
import { checkNumber, checkValue } from '../checks.js';
import { describeValue } from '../describe-value.js';
import { readParams } from '../params.js';
import { type ColorSpace, checkSize, defaultColorSpace } from '../picture.js';
import { framesPerSecond } from '../rate.js';
import { toLevels } from './color.js';
import {
  type CompletePatternDescription,
  type Decorate,
  hasDecorations,
  type Pattern,
  type PatternDescription,
  type PatternRenderer,
  type PatternTable,
} from './pattern.js';
import { finish, type Slices } from './slices.js';

/**
 * Checks a description and makes its renderer from the patterns of a table.
 *
 * @param decorate Adds label, time code and the like if the description has any; `null` leaves them out.
 * @throws {TypeError | RangeError} for a description that cannot be drawn. The message says what is accepted.
 */
export const rendererFrom = (
  given: CompletePatternDescription,
  table: PatternTable,
  decorate: Decorate | null,
): PatternRenderer => finish(preparing(given, table, decorate));

/** {@link rendererFrom} in slices. */
export function* preparing(
  given: CompletePatternDescription,
  table: PatternTable,
  decorate: Decorate | null,
): Slices<PatternRenderer> {
  const [pattern, description] = resolveAlias(given, table);
  const { width, height, frameRate, colorSpace, color, background, speed, seed } = description;
  checkSize(width, height);
  checkNumber('frameRate', framesPerSecond(frameRate), { above: 0, max: 1000 });
  checkNumber('speed', speed);
  checkNumber('seed', seed);
  checkColorSpace(colorSpace);
  for (const [name, rgb] of Object.entries({ color, background })) if (rgb) toLevels(rgb, name);
  const params = readParams(pattern.params ?? {}, description.params);
  const made = pattern.prepare(description, params);
  // A page's own pattern may return anything.
  const base = checkRenderer('next' in Object(made) ? yield* made as Slices<PatternRenderer> : made, description);
  return decorate && hasDecorations(description) ? yield* decorate(base, description) : base;
}

/** The pattern that a description names, and the description with the defaults of its alias. */
function resolveAlias(
  description: CompletePatternDescription,
  table: PatternTable,
): [Pattern, CompletePatternDescription] {
  const found = findByName('pattern', table, description.pattern);
  if ('prepare' in found) return [found, description];
  const { color, background, params } = found.defaults;
  const pattern = found.alias;
  return resolveAlias(
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

/** @throws {TypeError} for an unknown colour space. */
export function checkColorSpace(colorSpace: ColorSpace | undefined): void {
  if (colorSpace !== undefined) checkOneOf('colorSpace', ['bt601', 'bt709'], colorSpace);
}

/**
 * Checks the result of `prepare()`: a page's own pattern may return anything, and a wrong plane makes a wrong frame.
 */
function checkRenderer(renderer: unknown, { width, height, colorSpace }: PatternDescription): PatternRenderer {
  const { picture, key, render } = Object(renderer) as PatternRenderer;
  const hasMethods = typeof key === 'function' && typeof render === 'function';
  checkValue(
    hasMethods && Object(picture) === picture,
    'the result of prepare()',
    renderer,
    'an object { picture, key(n), render(n) }',
  );
  const actual = `${picture.width}x${picture.height} ${picture.colorSpace}`;
  const wanted = `${width}x${height} ${colorSpace ?? defaultColorSpace(height)}`;
  checkValue(actual === wanted, 'picture', actual, `"${wanted}", as in the description`);
  for (const plane of ['y', 'u', 'v'] as const) {
    const samples = (width * height) / (plane === 'y' ? 1 : 4);
    const isPlane = describeValue(picture[plane]) === 'Uint8Array' && picture[plane].length === samples;
    checkValue(isPlane, `picture.${plane}`, picture[plane], `a Uint8Array of ${samples} samples`);
  }
  return renderer as PatternRenderer;
}
