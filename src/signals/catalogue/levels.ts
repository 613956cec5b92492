import type { SignalText } from './signal-text.js';

export const levels: readonly SignalText[] = [
  {
    name: 'solid',
    title: 'Solid colour',
    summary: 'One colour all over: `color`, black unless given.',
    uses: ['color'],
  },
  {
    name: 'gradient',
    title: 'Gradient',
    summary: 'From `color` (white) at the left to `background` (black) at the right.',
    uses: ['color', 'background'],
  },
];
