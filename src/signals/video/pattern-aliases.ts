import type { Rgb } from './color.js';
import type { PatternAlias } from './pattern.js';

const rgb = (r: number, g: number, b: number): Rgb => ({ r, g, b });
const [red, green, blue, white] = [rgb(255, 0, 0), rgb(0, 255, 0), rgb(0, 0, 255), rgb(255, 255, 255)];

const alias = (name: string, of: string, defaults: PatternAlias['defaults'] = {}): PatternAlias => ({
  name,
  alias: of,
  defaults,
});

const checkersOf = (size: number) =>
  alias(`checkers-${size}`, 'checkers', { color: red, background: green, params: { size } });

const hues = [red, rgb(255, 255, 0), green, rgb(0, 255, 255), blue, rgb(255, 0, 255), red];

/** The names of GStreamer's `videotestsrc` and of FFmpeg's sources for patterns of this library, in this order. */
export const patternAliases: readonly PatternAlias[] = [
  alias('smpte-rp-219', 'smpte-hd', { params: { subBlack: true, superWhite: true } }),
  alias('smpte75', 'full-field-75'),
  alias('smpte100', 'full-field-100'),
  alias('solid-color', 'solid', { color: white }),
  alias('red', 'solid', { color: red }),
  alias('green', 'solid', { color: green }),
  alias('blue', 'solid', { color: blue }),
  ...[1, 2, 4, 8].map(checkersOf),

  alias('smptebars', 'smpte'),
  alias('smptehdbars', 'smpte-hd'),
  alias('pal75bars', 'ebu-75'),
  alias('pal100bars', 'ebu-100'),
  alias('rgbtestsrc', 'rgb-test'),
  alias('yuvtestsrc', 'yuv-test'),
  alias('color', 'solid'),
  alias('allrgb', 'colors', { params: { form: 'rgb' } }),
  alias('allyuv', 'colors'),
  alias('colorchart', 'color-chart'),
  alias('gradients', 'gradient'),
  alias('colorspectrum', 'gradient', {
    params: { stops: hues.map((color, i) => ({ at: i / (hues.length - 1), color })) },
  }),

  alias('circular', 'circles'),
  alias('bar', 'moving-bar'),
  alias('zoneplate', 'zone-plate'),
  alias('testsrc', 'card'),
  alias('testsrc2', 'card'),
  alias('avsynctest', 'av-sync'),

  // Other common names.
  alias('pm5544', 'philips-circle'),
  alias('testcard', 'card'),
  alias('test-card', 'card'),
  alias('grid', 'crosshatch'),
  alias('siemens-star', 'spokes'),
  alias('wedges', 'resolution-wedge'),
  alias('noise', 'snow'),
  alias('leader', 'countdown'),
  alias('lip-sync', 'av-sync'),
];
