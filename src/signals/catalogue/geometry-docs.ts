import type { SignalDocs } from './signal-docs.js';

const pitch = 'From one to the next: an eighteenth of the shorter side unless given.';
const coefficients = {
  k0: 'The phase in the middle of the first frame, in 256ths of a turn like all of these.',
  kx: 'Turns the phase from pixel to pixel to the right.',
  ky: 'Turns the phase from pixel to pixel downwards.',
  kt: 'Turns the phase from frame to frame.',
  kxt: 'What is added to `kx` with each frame.',
  kyt: 'What is added to `ky` with each frame.',
  kxy: 'For diagonal hyperbolas: what it adds to `ky` at the right edge.',
  kx2: 'For rings: what it adds to `kx` at the right edge; 128 is the sampling limit.',
  ky2: 'The same for `ky` at the lower edge.',
  kt2: 'What is added to `kt` with each frame.',
};

export const geometry: readonly SignalDocs[] = [
  {
    name: 'checkers',
    title: 'Checkers',
    summary: 'Squares in `color` (white) and `background` (black).',
    uses: ['color', 'background'],
    parameters: { size: 'The side of a square.' },
  },
  {
    name: 'crosshatch',
    title: 'Crosshatch',
    summary: 'Lines that make squares, with a crossing in the middle of the picture.',
    uses: ['color', 'background'],
    parameters: { pitch, width: 'How wide a line is: 2 pixels, and 4 in ultra-high definition, unless given.' },
  },
  {
    name: 'dots',
    title: 'Dots',
    summary: 'Round dots where the crosshatch has its crossings.',
    uses: ['color', 'background'],
    parameters: { pitch, size: 'The diameter of a dot: a fifth of the pitch unless given.' },
  },
  {
    name: 'circles',
    title: 'Circles',
    summary: 'Even rings around the middle.',
    uses: ['color', 'background'],
    parameters: { pitch, width: 'How wide a ring is: half the pitch unless given.' },
  },
  {
    name: 'zone-plate',
    title: 'Zone plate',
    summary:
      'A sine of any quadratic function of place and time; with none of place given, rings that reach the sampling limit at the far sides.',
    standard: 'BBC Research Department report 1978/23',
    uses: ['color', 'background', 'speed'],
    parameters: coefficients,
  },
  {
    name: 'chroma-zone-plate',
    title: 'Chroma zone plate',
    summary:
      'The zone plate in both colour differences on mid grey; with no coefficient of place given, rings that reach the limit of the halved chroma.',
    standard: 'BBC Research Department report 1978/23',
    uses: ['speed'],
    parameters: coefficients,
  },
  {
    name: 'pinwheel',
    title: 'Pinwheel',
    summary: 'Sectors around the middle that turn slowly.',
    uses: ['color', 'background', 'speed'],
    parameters: { blades: 'How many sectors in `color` there are.', rotation: 'Clockwise.' },
  },
  {
    name: 'spokes',
    title: 'Spokes',
    summary: 'A Siemens star: finer and finer towards the middle, in every direction.',
    uses: ['color', 'background', 'speed'],
    parameters: { spokes: 'How many spokes in `color` there are.', rotation: 'Clockwise.' },
  },
  {
    name: 'multiburst',
    title: 'Multiburst',
    summary: 'White, black, and bursts of sine waves, finer from left to right, with their frequencies in MHz.',
    uses: ['color', 'background'],
    parameters: {
      frequencies:
        'One for each burst: unless given 5 to 30 MHz in high definition, 0.5 to 5.8 with 576 lines, 0.5 to 4.2 with 480.',
      sampling:
        'Pixels in a microsecond: 13.5 up to a width of 960 and 74.25 above, unless given. With the width itself, frequencies are cycles in the width.',
      amplitude: 'From peak to peak.',
    },
  },
  {
    name: 'resolution-wedge',
    title: 'Resolution wedges',
    summary:
      'Lines that run together, across and up and down, with numbers in TV lines: as many in the height of the picture.',
    uses: ['color', 'background'],
    parameters: {
      from: 'At the coarse end: a quarter of the height unless given.',
      to: 'At the fine end: the height, which is the sampling limit, unless given.',
    },
  },
  {
    name: 'moire',
    title: 'Moiré',
    summary: 'Fine rings around two centres that interfere.',
    uses: ['color', 'background'],
    parameters: {
      pitch: 'From ring to ring.',
      distance: 'Between the centres: a sixth of the shorter side unless given.',
    },
  },
];
