import type { SignalText } from './signal-text.js';

export const geometry: readonly SignalText[] = [
  {
    name: 'checkers',
    title: 'Checkers',
    summary: 'Squares in `color` (white) and `background` (black).',
    uses: ['color', 'background'],
    parameters: { size: 'The side of a square.' },
  },
];
