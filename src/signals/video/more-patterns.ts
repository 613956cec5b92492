import type { Pattern } from './pattern.js';

/** The patterns that the engine loads when one of them is asked for. A new one is a module and a line. */
export const morePatterns: readonly Pattern[] = [];
