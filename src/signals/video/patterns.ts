import { checkValue } from '../checks.js';
import { corePatterns } from './core-patterns.js';
import { decorate } from './decorations.js';
import { extraPatterns } from './extra-patterns.js';
import {
  completePattern,
  type Pattern,
  type PatternDescription,
  type PatternRenderer,
  type PatternTable,
} from './pattern.js';
import { patternAliases } from './pattern-aliases.js';
import { rendererFrom } from './pattern-renderer.js';

/** All patterns of this library, each once. The engine's worker has only the core patterns until it needs another. */
export const patterns: readonly Pattern[] = [...corePatterns, ...extraPatterns];

/**
 * Makes the renderer of a pattern: `createPatternRenderer({ pattern: 'smpte-hd', width: 1280, height: 720 })`.
 *
 * @param table The patterns that the description may name. Default: all of this library.
 * @throws {TypeError | RangeError} for a description that cannot be drawn. The message says what is accepted.
 */
export const createPatternRenderer = (
  description: PatternDescription,
  table: PatternTable = [...patterns, ...patternAliases],
): PatternRenderer => {
  checkValue(Array.isArray(table), 'table', table, 'a list of patterns');
  return rendererFrom(completePattern(description), table, decorate);
};
