import { signalDocs } from './signal-docs.js';

export const cardDocs = signalDocs([
  {
    name: 'card',
    title: 'House card',
    summary:
      'Shows geometry, overscan, resolution, grey scale, colour, motion, lip sync and identity in one picture. It flashes every 2 s, in sync with the waveform `av-sync`.',
    standard: 'Safe areas: EBU R 95',
    uses: ['speed'],
    parameters: { title: 'The text at the top.' },
  },
  {
    name: 'philips-circle',
    title: 'Philips circle',
    summary:
      'A test card like that of the PM5544 generator: a circle on a grid, with 75 % bars, gratings and a grey scale.',
    standard: 'After the Philips PM5544',
    parameters: { title: 'The text in the black box at the top.' },
  },
]);
