import { ebu75 } from './ebu-bars.js';
import type { Pattern } from './pattern.js';
import { smpte } from './smpte.js';
import { smpteHd } from './smpte-hd.js';
import { solid } from './solid.js';

/** The patterns in the first file of the engine's worker. The others are in `extra-patterns.ts`. */
export const corePatterns: readonly Pattern[] = [smpteHd, smpte, ebu75, solid];
