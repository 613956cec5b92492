import { signalDocs } from './signal-docs.js';

export const motionDocs = signalDocs([
  {
    name: 'ball',
    title: 'Ball',
    summary: 'A ball in `color` (white) that moves on a `background` (black).',
    uses: ['color', 'background', 'speed'],
    parameters: {
      motion:
        'The path: `bounce` off the edges; `wavy` back and forth; `sweep` clockwise, one turn per second; `hsweep`, half a turn per second, over and over.',
    },
  },
  {
    name: 'moving-bar',
    title: 'Moving bar',
    summary: 'A bar in `color` (white) that crosses a `background` (black) in whole pixels.',
    uses: ['color', 'background', 'speed'],
    parameters: {
      width: 'The thickness of the bar. Default: a sixteenth of its path.',
      direction: 'The direction: a vertical bar moves left or right, a horizontal one up or down.',
      period: 'The time from one edge to the other.',
    },
  },
  {
    name: 'blink',
    title: 'Blink',
    summary: 'The whole picture alternates between `color` (white) and `background` (black).',
    uses: ['color', 'background', 'speed'],
    parameters: {
      period: 'The duration of both together.',
      frames: 'The duration of each in frames, instead of `period`.',
    },
  },
  {
    name: 'snow',
    title: 'Snow',
    summary: 'Random grey, or random colour, in every pixel of every frame, from `seed`.',
    uses: ['speed', 'seed'],
    parameters: { mode: 'Either `mono` for grey, or `colour`.' },
  },
  {
    name: 'life',
    title: 'Life',
    summary:
      'Conway’s game of life, one generation per frame: cells in `color` (white) on `background` (black), from `seed`.',
    uses: ['color', 'background', 'speed', 'seed'],
    parameters: {
      size: 'The side of a cell.',
      rule: 'The numbers of neighbours with which a cell is born (B) and survives (S).',
      restart: 'The number of generations after which it restarts with new random cells.',
    },
  },
  {
    name: 'mandelbrot',
    title: 'Mandelbrot set',
    summary: 'The Mandelbrot set: zooms into a spiral of the Seahorse Valley, 4096 times, and out again.',
    uses: ['speed'],
    parameters: { period: 'The time to zoom in and out.' },
  },
  {
    name: 'clock',
    title: 'Clock',
    summary: 'A clock that shows the time on the timeline, in `color` (white) on `background` (black).',
    uses: ['color', 'background', 'speed'],
    parameters: { digits: 'The digits below the hands: with `milliseconds`, with `frames`, or `none`.' },
  },
  {
    name: 'counter',
    title: 'Counter',
    summary: 'The frame number as large as possible, and the time, in `color` (white) on `background` (black).',
    uses: ['color', 'background', 'speed'],
  },
  {
    name: 'countdown',
    title: 'Countdown',
    summary:
      'A film leader: counts down seconds with a hand that turns once per second, in `color` (white) on `background` (black).',
    uses: ['color', 'background', 'speed'],
    parameters: {
      from: 'The first number.',
      end: 'After 0: `repeat` starts again, `hold` stays at 0.',
    },
  },
  {
    name: 'av-sync',
    title: 'Lip sync',
    summary:
      'A marker runs to a line, and the picture flashes when it reaches it. The waveform of the same name beeps at the same time.',
    uses: ['color', 'background', 'speed'],
    parameters: {
      period: 'The time from one flash to the next. Flashes are at multiples of it on the timeline.',
      flash: 'The duration of a flash.',
    },
  },
]);
