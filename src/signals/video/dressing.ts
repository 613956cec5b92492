import { overlaid } from './overlay.js';
import type { Dress } from './pattern.js';
import { transformed } from './transform.js';

/** Mirrors and scrolls a pattern, and lays label, time code and frame number over it. */
export const dressed: Dress = (base, description) => overlaid(transformed(base, description), description);
