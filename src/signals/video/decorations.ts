import { overlaid } from './overlay.js';
import type { Decorate } from './pattern.js';
import { transformed } from './transform.js';

/** Mirrors and scrolls a pattern, and lays label, time code and frame number over it. */
export const decorate: Decorate = (base, description) => overlaid(transformed(base, description), description);
