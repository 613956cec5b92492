import { ebu75 } from './ebu-bars.js';
import type { Pattern } from './pattern.js';
import { smpte } from './smpte.js';
import { smpteHd } from './smpte-hd.js';
import { solid } from './solid.js';

/** The patterns that the engine's worker brings; all others it loads when one is asked for. */
export const corePatterns: readonly Pattern[] = [smpteHd, smpte, ebu75, solid];
