import { firstPatterns } from './first-patterns.js';
import { morePatterns } from './more-patterns.js';
import type { Pattern } from './pattern.js';

/** Every pattern that there is. */
export const patterns: readonly Pattern[] = [...firstPatterns, ...morePatterns];
