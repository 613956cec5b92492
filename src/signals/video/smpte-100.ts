import { bars } from './bars.js';
import type { Pattern } from './pattern.js';
import { eg1 } from './smpte.js';

/** The layout of SMPTE EG 1 with its bars, and the blue row that is compared with them, at 100 %. */
export const smpte100: Pattern = {
  name: 'smpte-100',
  prepare: (description) => bars(description, eg1(1)),
};
