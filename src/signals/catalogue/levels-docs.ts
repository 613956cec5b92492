import { signalDocs } from './signal-docs.js';

const range =
  'The range of codes: `nominal` from black to white (Y 16 to 235, Cb and Cr 16 to 240), `extended` from 1 to 254.';

const rising = {
  component:
    'The component that rises: one of Y’CbCr with the others in the middle, or one of RGB with the others at 0.',
  direction: 'The direction in which it rises.',
  range,
};

export const levelDocs = signalDocs([
  {
    name: 'solid',
    title: 'Solid colour',
    summary: 'One uniform colour: `color` (black).',
    uses: ['color'],
    parameters: { ycbcr: 'The colour as 8-bit Y, Cb and Cr, instead of `color`.' },
  },
  {
    name: 'black',
    title: 'Black',
    summary: 'Uniform black, 0 %.',
  },
  {
    name: 'white',
    title: 'White',
    summary: 'Uniform white, 100 %.',
  },
  {
    name: 'grey',
    title: 'Grey',
    summary: 'One uniform grey.',
    parameters: { level: 'From black (0 %) to white (100 %), or slightly beyond.' },
  },
  {
    name: 'gradient',
    title: 'Gradient',
    summary:
      'A gradient from `color` (white) at the left to `background` (black) at the right, or through other colours.',
    uses: ['color', 'background'],
    parameters: {
      shape: 'Either `linear` across the picture, or `radial` from the middle to the corners.',
      angle: 'The direction of a linear gradient: 0 is to the right, 90 is downwards.',
      stops: 'Colour stops instead of `color` and `background`: `at` is from 0 (start) to 1 (end).',
    },
  },
  {
    name: 'ramp',
    title: 'Ramp',
    summary: 'One component that rises linearly from its minimum to its maximum.',
    parameters: rising,
  },
  {
    name: 'staircase',
    title: 'Staircase',
    summary: 'One component that rises in equal steps from its minimum to its maximum.',
    parameters: { levels: 'The number of steps, including the lowest.', ...rising },
  },
  {
    name: 'yuv-test',
    title: 'Y’CbCr test',
    summary: 'Ramps of Y, Cb and Cr, from top to bottom.',
    parameters: { range },
  },
  {
    name: 'rgb-test',
    title: 'RGB test',
    summary: 'Ramps from black to red, green and blue, from top to bottom.',
  },
  {
    name: 'gamut',
    title: 'Gamut',
    summary:
      'Squares of black, white, red and blue at the end of their nominal range and beyond it: they vanish where something clips.',
  },
  {
    name: 'colors',
    title: 'Every colour',
    summary: 'All 8-bit colours: those of Y’CbCr with one frame per luma, or those of RGB in one picture.',
    uses: ['speed'],
    parameters: {
      form: 'The set of colours: `ycbcr` is complete from 508 by 508 pixels on, in as many frames as luma has values; `rgb` is complete at 4096 by 4096.',
      range: 'The range of each component of `ycbcr`: 1 to 254 (`extended`), or black to white (`nominal`).',
    },
  },
  {
    name: 'color-chart',
    title: 'Colour chart',
    summary: 'The 24 patches of the classic colour chart, on `background` (black).',
    standard: 'Published sRGB values',
    uses: ['background'],
  },
]);
