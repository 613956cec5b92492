import { firstPatterns } from './first-patterns.js';
import { morePatterns } from './more-patterns.js';
import type { Pattern } from './pattern.js';

export { patternAliases } from './aliases.js';

/** Every pattern that there is, each once. */
export const patterns: readonly Pattern[] = [...firstPatterns, ...morePatterns];
