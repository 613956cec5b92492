import type { SignalDocs } from './signal-docs.js';

export const cards: readonly SignalDocs[] = [
  {
    name: 'card',
    title: 'House card',
    summary:
      'Geometry, overscan, resolution, grey scale, colour, motion, lip sync and identity at a glance; it flashes every 2 s with the tone `av-sync`.',
    standard: 'Safe areas: EBU R 95',
    uses: ['speed'],
    parameters: { title: 'What stands at the top.' },
  },
  {
    name: 'philips-circle',
    title: 'Philips circle',
    summary:
      'A test card as the PM5544 generator made it: a circle on a grid, with 75 % bars, gratings and a grey scale.',
    standard: 'After the Philips PM5544',
    parameters: { title: 'What stands in the black box at the top.' },
  },
];
