import type { SignalDocs } from './signal-docs.js';

const range =
  'How far it goes: `nominal` from black to white (Y 16 to 235, Cb and Cr 16 to 240), `extended` from 1 to 254.';

const rising = {
  component: 'What rises: one of Y’CbCr with the others in the middle, or of RGB with the others at 0.',
  direction: 'Where it rises to.',
  range,
};

export const levels: readonly SignalDocs[] = [
  {
    name: 'solid',
    title: 'Solid colour',
    summary: 'One colour all over: `color`, black unless given.',
    uses: ['color'],
    parameters: { ycbcr: 'The colour as 8-bit Y, Cb and Cr, instead of `color`.' },
  },
  {
    name: 'black',
    title: 'Black',
    summary: 'Black all over, at 0 %.',
  },
  {
    name: 'white',
    title: 'White',
    summary: 'White all over, at 100 %.',
  },
  {
    name: 'grey',
    title: 'Grey',
    summary: 'One grey all over.',
    parameters: { level: 'From black (0 %) to white (100 %), or a little beyond.' },
  },
  {
    name: 'gradient',
    title: 'Gradient',
    summary: 'From `color` (white) at the left to `background` (black) at the right, or by way of other colours.',
    uses: ['color', 'background'],
    parameters: {
      shape: 'In a line, or from the middle to the corners.',
      angle: 'Where a line goes to: 0 is to the right, 90 downwards.',
      stops: 'Colours on the way, instead of `color` and `background`: `at` is from 0 (beginning) to 1 (end).',
    },
  },
  {
    name: 'ramp',
    title: 'Ramp',
    summary: 'One component, rising evenly from its least to its most.',
    parameters: rising,
  },
  {
    name: 'staircase',
    title: 'Staircase',
    summary: 'One component, rising in equal steps from its least to its most.',
    parameters: { levels: 'How many steps there are, the lowest included.', ...rising },
  },
  {
    name: 'yuv-test',
    title: 'Y’CbCr test',
    summary: 'Ramps of Y, Cb and Cr, one below the other.',
    parameters: { range },
  },
  {
    name: 'rgb-test',
    title: 'RGB test',
    summary: 'Ramps from black to red, green and blue, one below the other.',
  },
  {
    name: 'gamut',
    title: 'Gamut',
    summary: 'Squares of black, white, red and blue at the end of their range and beyond it, to see what clips.',
  },
  {
    name: 'colors',
    title: 'Every colour',
    summary: 'All 8-bit colours: of Y’CbCr a frame for each luma, or all of RGB in one picture.',
    uses: ['speed'],
    parameters: {
      form: 'How they are shown: `ycbcr` is complete from 508 by 508 pixels on, in as many frames as there are lumas; `rgb` at 4096 by 4096.',
      range: 'What `ycbcr` has of each component: 1 to 254 (`extended`), or no more than black to white (`nominal`).',
    },
  },
  {
    name: 'color-chart',
    title: 'Colour chart',
    summary: 'The 24 patches of the classic colour chart, on `background` (black).',
    standard: 'Published sRGB values',
    uses: ['background'],
  },
];
