import { corePatterns } from './core-patterns.js';
import { extraPatterns } from './extra-patterns.js';
import type { Pattern } from './pattern.js';

export { patternAliases } from './pattern-aliases.js';

/** Every pattern that there is, each once. */
export const patterns: readonly Pattern[] = [...corePatterns, ...extraPatterns];
