import { decorate } from './decorations.js';
import type { PatternDescription, PatternRenderer, PatternTable } from './pattern.js';
import { rendererFrom } from './pattern-renderer.js';
import { patternAliases, patterns } from './patterns.js';

/**
 * Makes a renderer of a pattern's description, with its label and time code on it.
 *
 * @param table What the description may name: all patterns there are, unless given.
 * @throws {TypeError | RangeError} that says what is accepted where the description cannot be drawn.
 */
export const createPatternRenderer = (
  description: PatternDescription,
  table: PatternTable = [...patterns, ...patternAliases],
): PatternRenderer => rendererFrom(description, table, decorate);
