import { checkNumber, checkOneOf, checkValue, findByName } from '../checks.js';
import { readParams } from '../params.js';
import { type ColorSpace, defaultColorSpace } from '../picture.js';
import { rateValue } from '../rate.js';
import { levels } from './color.js';
import {
  type Decorate,
  hasDecorations,
  type Pattern,
  type PatternDescription,
  type PatternRenderer,
  type PatternTable,
} from './pattern.js';

/**
 * Makes a renderer of a pattern's description from the patterns of a table, with what dresses it where it is to be
 * decorate.
 *
 * @throws {TypeError | RangeError} that says what is accepted where the description cannot be drawn.
 */
export function rendererFrom(asked: PatternDescription, table: PatternTable, dress: Decorate | null): PatternRenderer {
  const [pattern, description] = resolved(asked, table);
  const { width, height, frameRate, colorSpace, color, background, speed, seed } = description;
  checkSize(width, height);
  checkNumber('frameRate', rateValue(frameRate), { above: 0, max: 1000 });
  checkNumber('speed', speed);
  checkNumber('seed', seed);
  checkColorSpace(colorSpace);
  for (const [name, rgb] of Object.entries({ color, background })) if (rgb) levels(rgb, name);
  const base = checkRenderer(
    pattern.prepare(description, readParams(pattern.params ?? {}, description.params)),
    description,
  );
  return dress && hasDecorations(description) ? dress(base, description) : base;
}

/** The pattern that a description names, and what an alias has as defaults put into it. */
function resolved(description: PatternDescription, table: PatternTable): [Pattern, PatternDescription] {
  const found = findByName('pattern', table, description.pattern);
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
  checkNumber('width', width, SIDE);
  checkNumber('height', height, SIDE);
}

const SIDE = { min: 2, max: 16384, even: true, whole: true } as const;

/** @throws {TypeError} for an unknown colour space. */
export function checkColorSpace(colorSpace: ColorSpace | undefined): void {
  if (colorSpace !== undefined) checkOneOf('colorSpace', ['bt601', 'bt709'], colorSpace);
}

/** A page's own pattern may return anything; what is given to the browser has to be what it is told to be. */
function checkRenderer(renderer: PatternRenderer, { width, height, colorSpace }: PatternDescription): PatternRenderer {
  const { picture, key, render } = Object(renderer) as PatternRenderer;
  const methods = typeof key === 'function' && typeof render === 'function';
  checkValue(
    methods && Object(picture) === picture,
    'the result of prepare()',
    renderer,
    'an object { picture, key(n), render(n) }',
  );
  const has = `${picture.width}x${picture.height} ${picture.colorSpace}`;
  const wanted = `${width}x${height} ${colorSpace ?? defaultColorSpace(height)}`;
  checkValue(has === wanted, 'picture', has, `"${wanted}", as the description says`);
  for (const plane of ['y', 'u', 'v'] as const) {
    const samples = (width * height) / (plane === 'y' ? 1 : 4);
    const isPlane = picture[plane] instanceof Uint8Array && picture[plane].length === samples;
    checkValue(isPlane, `picture.${plane}`, picture[plane], `a Uint8Array of ${samples} samples`);
  }
  return renderer;
}
