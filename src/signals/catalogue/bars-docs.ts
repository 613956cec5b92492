import { signalDocs } from './signal-docs.js';

export const barDocs = signalDocs([
  {
    name: 'smpte-hd',
    title: 'SMPTE HD bars',
    summary: 'Colour bars for high definition: 75 % bars, −I and +Q, a luma ramp, 100 % fields and PLUGE.',
    standard: 'SMPTE RP 219-1',
    parameters: {
      row2: 'The field beside the side bar in the second row.',
      row3: 'The field beside the side bar in the third row.',
      subBlack: 'Adds a valley down to 10-bit code 4 in the first black field of the lowest row.',
      superWhite: 'Adds a peak up to 10-bit code 1019 (8-bit 254) in the white field of the lowest row.',
    },
  },
  {
    name: 'smpte',
    title: 'SMPTE bars',
    summary: 'Colour bars for standard definition: 75 % bars, a row of blue in reverse order, −I, +Q and PLUGE.',
    standard: 'SMPTE EG 1 (ECR 1)',
  },
  {
    name: 'smpte-100',
    title: 'SMPTE 100 % bars',
    summary: 'The layout of `smpte`, with the bars and the row of blue at 100 %.',
    standard: 'SMPTE EG 1 (ECR 1), except for the level',
  },
  {
    name: 'ebu-75',
    title: 'EBU 75 % bars',
    summary: 'Eight full-height bars: white at 100 %, six colours at 75 %, and black.',
    standard: 'ITU-R BT.471, 100/0/75/0',
  },
  {
    name: 'ebu-100',
    title: 'EBU 100 % bars',
    summary: 'Eight full-height bars: white, six colours and black at 100 %.',
    standard: 'ITU-R BT.471, 100/0/100/0',
  },
  {
    name: 'full-field-75',
    title: 'Full-field 75 % bars',
    summary: 'Seven full-height bars: white and six colours at 75 %.',
    standard: 'EIA-189-A, bars over the whole height, 75/0/75/0',
  },
  {
    name: 'full-field-100',
    title: 'Full-field 100 % bars',
    summary: 'Seven full-height bars: white and six colours at 100 %.',
    standard: '100/0/100/0',
  },
  {
    name: 'bars-rgb',
    title: 'Red, green and blue',
    summary: 'Three full-width bands from top to bottom: red, green and blue.',
    parameters: { level: 'The level of the colours.' },
  },
  {
    name: 'pluge',
    title: 'PLUGE',
    summary:
      'Sets the brightness and contrast of a monitor: stripes and patches slightly above and below black, and a white patch.',
    standard: 'ITU-R BT.814-4, SDR',
  },
]);
