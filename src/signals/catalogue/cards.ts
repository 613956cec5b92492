import type { SignalText } from './signal-text.js';

export const cards: readonly SignalText[] = [];
