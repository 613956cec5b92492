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
  {
    name: 'qr',
    title: 'QR code',
    summary:
      'A QR code of a text, in `color` (black) on `background` (white), as large as whole pixels for its modules allow. Text that is not ASCII is UTF-8.',
    standard: 'ISO/IEC 18004',
    uses: ['color', 'background'],
    parameters: {
      text: 'The text: at the level L up to 7089 digits, 4296 digits and capitals, or 2953 bytes.',
      level: 'The error correction: 7, 15, 25 or 30 % of the code may be damaged.',
    },
  },
]);
