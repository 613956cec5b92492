import type { Param, Params } from '../params.js';
import { checkers } from './checkers.js';
import { colorChart } from './color-chart.js';
import { colors } from './colors.js';
import { ebu75 } from './ebu-75.js';
import { ebu100, fullField75, fullField100, rgbTest } from './full-bars.js';
import { gradient } from './gradient.js';
import type { Pattern, PatternDescription, Rgb } from './pattern.js';
import { yuvTest } from './ramps.js';
import { smpte } from './smpte.js';
import { smpteHd } from './smpte-hd.js';
import { solid } from './solid.js';

/** What an alias has in place of the defaults of its pattern. */
interface Defaults {
  readonly color?: Rgb;
  readonly background?: Rgb;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** A pattern by another name, with other defaults. */
export function alias<P extends Params>(name: string, base: Pattern<P>, defaults: Defaults = {}): Pattern {
  const { color, background, params: values = {} } = defaults;
  const params = Object.entries(base.params ?? {}).map(([key, param]) => [
    key,
    key in values ? { ...param, default: values[key] } : param,
  ]);
  return {
    name,
    alias: base.name,
    params: Object.fromEntries(params) as Record<string, Param>,
    prepare: (description: PatternDescription, given) =>
      base.prepare(
        {
          ...description,
          color: description.color ?? color,
          background: description.background ?? background,
        },
        given as Parameters<typeof base.prepare>[1],
      ),
  };
}

const rgb = (r: number, g: number, b: number): Rgb => ({ r, g, b });
const [red, green, blue, white] = [rgb(255, 0, 0), rgb(0, 255, 0), rgb(0, 0, 255), rgb(255, 255, 255)];

const checkersOf = (size: number) =>
  alias(`checkers-${size}`, checkers, { color: red, background: green, params: { size } });

const hues = [red, rgb(255, 255, 0), green, rgb(0, 255, 255), blue, rgb(255, 0, 255), red];

/** The names that GStreamer's `videotestsrc` (upper part) and FFmpeg's sources have for patterns that are here by another. */
export const aliases: readonly Pattern[] = [
  alias('smpte-rp-219', smpteHd, { params: { subBlack: true, superWhite: true } }),
  alias('smpte75', fullField75),
  alias('smpte100', fullField100),
  alias('solid-color', solid, { color: white }),
  alias('red', solid, { color: red }),
  alias('green', solid, { color: green }),
  alias('blue', solid, { color: blue }),
  ...[1, 2, 4, 8].map(checkersOf),

  alias('smptebars', smpte),
  alias('smptehdbars', smpteHd),
  alias('pal75bars', ebu75),
  alias('pal100bars', ebu100),
  alias('rgbtestsrc', rgbTest),
  alias('yuvtestsrc', yuvTest),
  alias('color', solid),
  alias('allrgb', colors, { params: { form: 'rgb' } }),
  alias('allyuv', colors),
  alias('colorchart', colorChart),
  alias('gradients', gradient),
  alias('colorspectrum', gradient, {
    params: { stops: hues.map((color, i) => ({ at: i / (hues.length - 1), color })) },
  }),
];
