import { firstPatterns } from './first-patterns.js';
import { morePatterns } from './more-patterns.js';
import type { Pattern } from './pattern.js';

export { aliases } from './aliases.js';

/** Every pattern that there is, each once. */
export const patterns: readonly Pattern[] = [...firstPatterns, ...morePatterns];
