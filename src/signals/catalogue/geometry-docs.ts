import { signalDocs } from './signal-docs.js';

const pitch = 'The distance from one to the next. Default: an eighteenth of the shorter side.';
const coefficients = {
  k0: 'The phase in the middle of the first frame. The unit of all coefficients is 1/256 of a turn.',
  kx: 'Change of phase per pixel to the right.',
  ky: 'Change of phase per pixel downwards.',
  kt: 'Change of phase per frame.',
  kxt: 'Change of `kx` per frame.',
  kyt: 'Change of `ky` per frame.',
  kxy: 'Change of `ky` from the middle to the right edge: makes diagonal hyperbolas.',
  kx2: 'Change of `kx` from the middle to the right edge: makes rings. 128 is the sampling limit.',
  ky2: 'Change of `ky` from the middle to the lower edge.',
  kt2: 'Change of `kt` per frame.',
};

export const geometryDocs = signalDocs([
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
    summary: 'A grid of square cells, with a crossing in the middle of the picture.',
    uses: ['color', 'background'],
    parameters: { pitch, width: 'The width of a line. Default: 2 pixels, or 4 in ultra-high definition.' },
  },
  {
    name: 'dots',
    title: 'Dots',
    summary: 'Round dots at the crossings of the crosshatch.',
    uses: ['color', 'background'],
    parameters: { pitch, size: 'The diameter of a dot. Default: a fifth of the pitch.' },
  },
  {
    name: 'circles',
    title: 'Circles',
    summary: 'Concentric rings of equal width around the middle.',
    uses: ['color', 'background'],
    parameters: { pitch, width: 'The width of a ring. Default: half the pitch.' },
  },
  {
    name: 'zone-plate',
    title: 'Zone plate',
    summary:
      'A sine of a quadratic function of place and time. Without coefficients of place: rings that reach the sampling limit at the far sides.',
    standard: 'BBC Research Department report 1978/23',
    uses: ['color', 'background', 'speed'],
    parameters: coefficients,
  },
  {
    name: 'chroma-zone-plate',
    title: 'Chroma zone plate',
    summary:
      'The zone plate in both colour differences on mid grey. Without coefficients of place: rings that reach the sampling limit of the chroma.',
    standard: 'BBC Research Department report 1978/23',
    uses: ['speed'],
    parameters: coefficients,
  },
  {
    name: 'pinwheel',
    title: 'Pinwheel',
    summary: 'Slowly rotating sectors around the middle.',
    uses: ['color', 'background', 'speed'],
    parameters: { blades: 'The number of sectors in `color`.', rotation: 'The speed of rotation, clockwise.' },
  },
  {
    name: 'spokes',
    title: 'Spokes',
    summary: 'A Siemens star: spokes that get finer towards the middle, in all directions.',
    uses: ['color', 'background', 'speed'],
    parameters: { spokes: 'The number of spokes in `color`.', rotation: 'The speed of rotation, clockwise.' },
  },
  {
    name: 'multiburst',
    title: 'Multiburst',
    summary: 'White, black, and bursts of sine waves from coarse to fine, labelled with their frequencies in MHz.',
    uses: ['color', 'background'],
    parameters: {
      frequencies:
        'The frequency of each burst. Default: 5 to 30 MHz in high definition, 0.5 to 5.8 MHz with 576 lines, 0.5 to 4.2 MHz with 480.',
      sampling:
        'The luma sampling rate. Default: 13.5 MHz up to a width of 960 pixels, 74.25 MHz above. Set it to the width to give frequencies in cycles per picture width.',
      amplitude: 'The amplitude from peak to peak.',
    },
  },
  {
    name: 'resolution-wedge',
    title: 'Resolution wedges',
    summary:
      'Converging lines for the horizontal and the vertical resolution, labelled in TV lines (lines per picture height).',
    uses: ['color', 'background'],
    parameters: {
      from: 'The resolution at the coarse end. Default: a quarter of the height.',
      to: 'The resolution at the fine end. Default: the height, which is the sampling limit.',
    },
  },
  {
    name: 'moire',
    title: 'Moiré',
    summary: 'Fine rings around two centres that interfere.',
    uses: ['color', 'background'],
    parameters: {
      pitch: 'The distance from ring to ring.',
      distance: 'The distance between the centres. Default: a sixth of the shorter side.',
    },
  },
]);
