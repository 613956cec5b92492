import type { SignalDocs } from './signal-docs.js';

export const motion: readonly SignalDocs[] = [
  {
    name: 'ball',
    title: 'Ball',
    summary: 'A ball in `color` (white) that moves about on a `background` (black).',
    uses: ['color', 'background', 'speed'],
    parameters: {
      motion:
        'Bounces off the edges; waves back and forth, up and down; goes round once a second; or half round, and again.',
    },
  },
  {
    name: 'moving-bar',
    title: 'Moving bar',
    summary: 'A bar in `color` (white) that crosses a `background` (black) in whole pixels.',
    uses: ['color', 'background', 'speed'],
    parameters: {
      width: 'How thick the bar is: a sixteenth of its way unless given.',
      direction: 'Where it goes: an upright bar to a side, a level one up or down.',
      period: 'How long it takes from one edge to the other.',
    },
  },
  {
    name: 'blink',
    title: 'Blink',
    summary: 'The whole field in `color` (white) and `background` (black) by turns.',
    uses: ['color', 'background', 'speed'],
    parameters: {
      period: 'How long both take together.',
      frames: 'How many frames each of them takes, in place of the period.',
    },
  },
  {
    name: 'snow',
    title: 'Snow',
    summary: 'Random grey in every pixel of every frame, or random colour, from `seed`.',
    uses: ['speed', 'seed'],
    parameters: { mode: 'Grey, or colour.' },
  },
  {
    name: 'life',
    title: 'Life',
    summary:
      'Conway’s game of life, a generation a frame: cells in `color` (white) on `background` (black), from `seed`.',
    uses: ['color', 'background', 'speed', 'seed'],
    parameters: {
      size: 'The side of a cell.',
      rule: 'With how many neighbours a cell is born, and with how many it lives on.',
      restart: 'After so many generations it begins with new random cells.',
    },
  },
  {
    name: 'mandelbrot',
    title: 'Mandelbrot set',
    summary: 'The Mandelbrot set: into a spiral of the Seahorse Valley, 4096 times as large, and out again.',
    uses: ['speed'],
    parameters: { period: 'How long it takes to go in and out.' },
  },
  {
    name: 'clock',
    title: 'Clock',
    summary: 'A clock that shows the time of the timeline, in `color` (white) on `background` (black).',
    uses: ['color', 'background', 'speed'],
    parameters: { digits: 'Whether it shows the time in digits too, and whether with milliseconds or with frames.' },
  },
  {
    name: 'counter',
    title: 'Counter',
    summary: 'The number of the frame, huge, and its time, in `color` (white) on `background` (black).',
    uses: ['color', 'background', 'speed'],
  },
  {
    name: 'countdown',
    title: 'Countdown',
    summary: 'A film leader: seconds counted down, each swept once round, in `color` (white) on `background` (black).',
    uses: ['color', 'background', 'speed'],
    parameters: {
      from: 'The number it begins with.',
      end: 'What comes after 0: the same again, or no more.',
    },
  },
  {
    name: 'av-sync',
    title: 'Lip sync',
    summary:
      'A marker runs to a line, and the field flashes when it is there; the tone of the same name beeps at the same time.',
    uses: ['color', 'background', 'speed'],
    parameters: {
      period: 'From one flash to the next, at whole multiples on the timeline.',
      flash: 'How long a flash is.',
    },
  },
];
