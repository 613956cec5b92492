import { exp2, log2, sine } from '../maths.js';
import { rgbToYcc } from './color.js';
import { layPicture } from './lay-picture.js';
import type { Pattern } from './pattern.js';
import { finish, type Slices } from './slices.js';
import { timeInPeriod } from './time.js';

const params = {
  period: { type: 'number', default: 60, min: 1, max: 86400, unit: 's' },
} as const;

/** How many times the scale doubles from the whole set to the deepest view, in a spiral of the Seahorse Valley. */
const DEPTH = 12;
const START = [-0.6, 0];
const TARGET = [-0.77568377, 0.13646737];

/** A point that has not escaped after this many steps counts as inside. */
const STEPS = 256;

/** The square of the escape radius: large, so that step counts can be interpolated smoothly. */
const ESCAPE_SQUARE = 65536;

/**
 * The Mandelbrot set: zooms into a spiral at its edge and out again in `period` seconds.
 *
 * Frames are scaled from two stored views: one that contains the frame, and one of its middle at twice the scale. A
 * view depends only on its number. While two views are in use, the next one is computed, some rows per frame.
 */
export const mandelbrot: Pattern<typeof params> = {
  name: 'mandelbrot',
  params,
  *prepare(description, { period }) {
    const { width, height, colorSpace, speed } = description;
    const picture = yield* layPicture(width, height, colorSpace);
    yield;
    const palette = yield* createPalette(picture.colorSpace);
    yield* fillParts();
    const unit = Math.max(2.6 / height, 3.2 / width);
    // In pictures of more than 4 million pixels, a point covers several pixels.
    const grain = Math.ceil(Math.sqrt((width * height) / 4e6));
    const across = Math.ceil(width / grain);
    const down = Math.ceil(height / grain);
    const slots = [0, 1, 2].map(() => ({ level: Number.NaN, rows: 0, points: new Uint16Array(across * down) }));

    /** The points of a view, in slices; at least this many rows are computed when it returns. */
    const computing = function* (level: number, rows: number): Slices<Uint16Array> {
      const slot = slots[level % 3];
      if (slot.level !== level) Object.assign(slot, { level, rows: 0 });
      const [x, y] = centre(level);
      const pixel = unit * exp2(-level);
      for (; slot.rows < rows; slot.rows++) {
        const start = slot.rows * across;
        const line = slot.points.subarray(start, start + across);
        // The whole set is symmetric: the lower half mirrors the upper one.
        const like = (down - 1 - slot.rows) * across;
        if (y === 0 && like < start && down * grain === height) {
          line.set(slot.points.subarray(like, like + across));
          continue;
        }
        const top = y + (height / 2 - (slot.rows + 0.5) * grain) * pixel;
        paintRow(line, x + (grain / 2 - width / 2) * pixel, top, grain * pixel);
        yield;
      }
      return slot.points;
    };
    const view = (level: number, rows: number) => finish(computing(level, rows));

    const turnsAt = (n: number) => timeInPeriod(period, n, description) / period;
    const depthAt = (turns: number) => DEPTH * (0.5 - 0.5 * sine(turns + 0.25));

    // The column and the row of each of the two views from which a pixel is taken.
    const columns = [0, 1].map(() => new Int32Array(width));
    const rows = [0, 1].map(() => new Int32Array(height));

    /** Fills a map from pixels to points of a view, and returns the range of pixels that the view covers. */
    const fillMap = (map: Int32Array, place: number, scale: number): [from: number, to: number] => {
      const half = map.length / 2;
      let [from, to] = [map.length, 0];
      for (let i = 0; i < map.length; i++) {
        const at = half + place + (i + 0.5 - half) * scale;
        map[i] = Math.floor(at / grain);
        if (at < 0 || at >= map.length) continue;
        from = Math.min(from, i);
        to = i + 1;
      }
      return [from + (from % 2), to - (to % 2)];
    };

    /** Paints a part of two rows from one view. */
    const paint = (points: Uint16Array, which: number, row: number, from: number, to: number) => {
      const map = columns[which];
      const top = rows[which][row] * across;
      const bottom = rows[which][row + 1] * across;
      const { y, u, v } = picture;
      for (let x = from, at = row * width + from; x < to; x += 2, at += 2) {
        const left = map[x];
        const right = map[x + 1];
        const a = palette[points[top + left]];
        const b = palette[points[top + right]];
        const c = palette[points[bottom + left]];
        const d = palette[points[bottom + right]];
        y[at] = a >> 20;
        y[at + 1] = b >> 20;
        y[at + width] = c >> 20;
        y[at + width + 1] = d >> 20;
        const sum = a + b + c + d;
        const chroma = (row * width) / 4 + x / 2;
        u[chroma] = (((sum >> 10) & 1023) + 2) >> 2;
        v[chroma] = ((sum & 1023) + 2) >> 2;
      }
    };

    return {
      picture,
      key: (n) => (speed ? n : 0),
      *catchUp(n) {
        const depth = depthAt(turnsAt(n));
        yield* computing(Math.floor(depth), down);
        yield* computing(Math.floor(depth) + 1, down);
      },
      render(n) {
        const turns = turnsAt(n);
        const depth = depthAt(turns);
        const level = Math.floor(depth);
        const part = depth - level;
        const [outer, inner] = [view(level, down), view(level + 1, down)];
        // Computes a part of the next view, so that it is complete when needed. After a jump, the rest is computed
        // above.
        const inwards = turns < 0.5 === speed > 0;
        const next = inwards ? level + 2 : level - 1;
        if (next >= 0) {
          const made = slots[next % 3].level === next ? slots[next % 3].rows : 0;
          view(next, Math.min(made + down / 24, Math.floor(down * (inwards ? part : 1 - part))));
        }
        const scale = exp2(-part);
        const [here, there] = [centre(level), centre(level + 1)];
        const way = [0, 1].map((i) => ((there[i] - here[i]) / unit) * exp2(level));
        fillMap(columns[0], way[0] * 2 * (1 - scale), scale);
        fillMap(rows[0], -way[1] * 2 * (1 - scale), scale);
        const [left, right] = fillMap(columns[1], way[0] * (2 - 4 * scale), 2 * scale);
        const [top, bottom] = fillMap(rows[1], -way[1] * (2 - 4 * scale), 2 * scale);
        for (let row = 0; row < height; row += 2) {
          const both = row >= top && row < bottom && left < right;
          paint(outer, 0, row, 0, both ? left : width);
          if (!both) continue;
          paint(inner, 1, row, left, right);
          paint(outer, 0, row, right, width);
        }
      },
    };
  },
};

/**
 * The centre of a view. It approaches the target faster than the view shrinks, so each view lies within the one before.
 */
const centre = (level: number): number[] => START.map((start, i) => TARGET[i] + (start - TARGET[i]) * exp2(-2 * level));

/** Computes the escape times of a row as indices of the palette; 0 is inside. */
function paintRow(line: Uint16Array, x: number, y: number, pixel: number): void {
  // Two points at a time: their operations are independent, so the processor can overlap them.
  for (let i = 0; i < line.length; i += 2) {
    const ax = x + i * pixel;
    const bx = x + (i + 1) * pixel;
    const apart = isInside(ax, y) || isInside(bx, y);
    let a = 0;
    let b = 0;
    let a2 = 0;
    let b2 = 0;
    let c = 0;
    let d = 0;
    let c2 = 0;
    let d2 = 0;
    let step = 0;
    for (; !apart && step < STEPS && a2 + b2 <= ESCAPE_SQUARE && c2 + d2 <= ESCAPE_SQUARE; step++) {
      b = 2 * a * b + y;
      a = a2 - b2 + ax;
      d = 2 * c * d + y;
      c = c2 - d2 + bx;
      a2 = a * a;
      b2 = b * b;
      c2 = c * c;
      d2 = d * d;
    }
    line[i] = shadeOf(ax, y, a, b, step);
    line[i + 1] = shadeOf(bx, y, c, d, step);
  }
}

/** Whether a point is in the main cardioid or the largest disc, which have formulas. */
function isInside(x: number, y: number): boolean {
  const q = (x - 0.25) * (x - 0.25) + y * y;
  return q * (q + x - 0.25) < (y * y) / 4 || (x + 1) * (x + 1) + y * y < 0.0625;
}

/** The shade of a point that has reached `a`, `b` after `before` steps. */
function shadeOf(x: number, y: number, a: number, b: number, before: number): number {
  if (before === 0 && isInside(x, y)) return 0;
  let re = a;
  let im = b;
  let re2 = a * a;
  let im2 = b * b;
  let step = before;
  for (; step < STEPS && re2 + im2 <= ESCAPE_SQUARE; step++) {
    im = 2 * re * im + y;
    re = re2 - im2 + x;
    re2 = re * re;
    im2 = im * im;
  }
  single[0] = re2 + im2;
  return single[0] <= ESCAPE_SQUARE ? 0 : 1 + ((step * SHADES + parts[(bits[0] >> 15) - FIRST]) % CYCLE);
}

/** The number of shades per step, and in the whole palette. */
const SHADES = 64;
const CYCLE = 2047;

// The fraction of a step that makes shades smooth: a table of how far the square of the distance has passed 2¹⁶,
// indexed by the upper bits of that number as a 32-bit float.
const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);
const FIRST = (127 + 16) << 8;
const parts = new Uint8Array(18 << 8);
let arePartsFilled = false;

function* fillParts(): Slices {
  for (let i = 0; i < parts.length && !arePartsFilled; i++) {
    bits[0] = (FIRST + i) << 15;
    parts[i] = Math.max(0, Math.floor(SHADES * (1 - log2(log2(single[0]) / 16))));
    if (i % 64 === 0) yield;
  }
  arePartsFilled = true;
}

/** Y, Cb and Cr of each shade, ten bits each: from dark blue to light blue, amber and back. */
function* createPalette(colorSpace: 'bt601' | 'bt709'): Slices<Int32Array> {
  const stops = [
    [0, 0, 7, 100],
    [0.16, 32, 107, 203],
    [0.42, 237, 255, 255],
    [0.6425, 255, 170, 0],
    [0.8575, 0, 2, 0],
    [1, 0, 7, 100],
  ];
  const palette = new Int32Array(CYCLE + 1);
  for (let i = 0; i <= CYCLE; i++) {
    const place = (i - 1) / CYCLE;
    const next = Math.max(
      1,
      stops.findIndex(([at]) => at > place),
    );
    const [from, to] = [stops[next - 1], stops[next]];
    const t = (place - from[0]) / (to[0] - from[0]);
    const [r, g, b] = [1, 2, 3].map((k) => (i ? from[k] + (to[k] - from[k]) * t * t * (3 - 2 * t) : 0));
    const { y, u, v } = rgbToYcc({ r, g, b }, colorSpace);
    palette[i] = (y << 20) | (u << 10) | v;
    if (i % 64 === 0) yield;
  }
  return palette;
}
