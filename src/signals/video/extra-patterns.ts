import { avSync } from './av-sync.js';
import { ball } from './ball.js';
import { blink } from './blink.js';
import { card } from './card.js';
import { checkers } from './checkers.js';
import { circles, moire } from './circles.js';
import { clock } from './clock.js';
import { colorChart } from './color-chart.js';
import { colors } from './colors.js';
import { countdown } from './countdown.js';
import { counter } from './counter.js';
import { crosshatch, dots } from './crosshatch.js';
import { ebu100 } from './ebu-bars.js';
import { barsRgb, blackField, fullField75, fullField100, greyField, rgbTest, whiteField } from './full-bars.js';
import { gamut } from './gamut.js';
import { gradient } from './gradient.js';
import { life } from './life.js';
import { mandelbrot } from './mandelbrot.js';
import { movingBar } from './moving-bar.js';
import { multiburst } from './multiburst.js';
import type { Pattern } from './pattern.js';
import { philipsCircle } from './philips-circle.js';
import { pluge } from './pluge.js';
import { qr } from './qr.js';
import { ramp, staircase, yuvTest } from './ramps.js';
import { smpte100 } from './smpte.js';
import { snow } from './snow.js';
import { resolutionWedge } from './wedge.js';
import { pinwheel, spokes } from './wheel.js';
import { chromaZonePlate, zonePlate } from './zone-plate.js';

/**
 * The patterns that the engine's worker loads when a description names one of them. A new one is a file in this folder,
 * a line here and an entry in the catalogue.
 */
export const extraPatterns: readonly Pattern[] = [
  smpte100,
  ebu100,
  fullField75,
  fullField100,
  barsRgb,
  pluge,
  gradient,
  ramp,
  staircase,
  gamut,
  colors,
  colorChart,
  yuvTest,
  rgbTest,
  blackField,
  whiteField,
  greyField,
  checkers,
  ball,
  snow,
  crosshatch,
  dots,
  circles,
  moire,
  zonePlate,
  chromaZonePlate,
  pinwheel,
  spokes,
  multiburst,
  resolutionWedge,
  philipsCircle,
  card,
  movingBar,
  blink,
  clock,
  counter,
  countdown,
  avSync,
  life,
  mandelbrot,
  qr,
];
