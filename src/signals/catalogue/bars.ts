import type { SignalText } from './signal-text.js';

export const bars: readonly SignalText[] = [
  {
    name: 'smpte-hd',
    title: 'SMPTE HD bars',
    summary: 'Colour bars for high definition: 75 % bars, −I and +Q, a luma ramp, 100 % fields and PLUGE.',
    standard: 'SMPTE RP 219-1',
  },
  {
    name: 'smpte',
    title: 'SMPTE bars',
    summary: 'Colour bars for standard definition: 75 % bars, the reversed blue row, −I, +Q and PLUGE.',
    standard: 'SMPTE EG 1 (ECR 1)',
  },
  {
    name: 'ebu-75',
    title: 'EBU 75 % bars',
    summary: 'Eight full-height bars: white at 100 %, six colours at 75 %, black.',
    standard: 'ITU-R BT.471, 100/0/75/0',
  },
];
