import type { SignalText } from './signal-text.js';

export const motion: readonly SignalText[] = [
  {
    name: 'ball',
    title: 'Ball',
    summary: 'A ball in `color` (white) that bounces off the edges of a `background` (black).',
    uses: ['color', 'background', 'speed'],
  },
  {
    name: 'snow',
    title: 'Snow',
    summary: 'Random grey in every pixel of every frame, from `seed`.',
    uses: ['speed', 'seed'],
  },
];
