import { toFontText } from './font.js';

/**
 * The characters of a text that the font of the pictures lacks, as a warning; `null` if it has all of them. This file is
 * loaded when a text has characters beyond ASCII, of which the font knows some in another form: é is e.
 */
export function unreadableText(text: string): RangeError | null {
  const characters = [...new Set(toFontText(text).match(/[^ -~]/gu))];
  if (characters.length === 0) return null;
  return new RangeError(
    `A text has ${characters.map((character) => `"${character}"`).join(', ')}; the font of the pictures has the characters of ` +
      'ASCII, and shows boxes in place of others. Draw such a text into a canvas, and write that to a <track-generator>.',
  );
}
