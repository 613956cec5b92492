import { check } from '../check.js';
import { createPicture } from '../picture.js';
import { black, type Levels, levels, white } from './color.js';
import { still } from './lines.js';
import { stripes } from './mixture.js';
import { type Painter, paint } from './painter.js';
import type { Pattern } from './pattern.js';

/** Lines that run together, and the numbers that tell how fine they are. */
export interface Wedge {
  /** The middle of the coarse end. */
  readonly x: number;
  readonly y: number;
  /** Where it runs from there, in pixels; the other way than `along` the numbers are at the other side. */
  readonly length: number;
  /** `y`: lines side by side, to test the resolution across; `x`: one above the other. */
  readonly along: 'x' | 'y';
  /** How wide the coarse end may be. */
  readonly width: number;
  /** From and to how many TV lines: black and white ones in the height of the picture. */
  readonly from: number;
  readonly to: number;
  /** Pixels to one of the font's. */
  readonly unit: number;
  readonly color: Levels;
  /** How many numbers may stand beside it, about. */
  readonly numbers: number;
}

export function drawWedge(painter: Painter, wedge: Wedge): void {
  const { x, y, length, along, width, from, to, unit, color, numbers } = wedge;
  const { height } = painter.picture;
  // Numbers in even steps: the width is a hyperbola.
  const pitchAt = (part: number) => (2 * height) / (from + (to - from) * part);
  const first = pitchAt(0);
  // That many whole lines, with a gap between each two.
  const lines = Math.max(2, Math.floor(width / first + 0.5)) - 0.5;
  const side = (lines * first) / 2;
  const turned = along === 'x';
  const boxOf = (a0: number, a1: number, c0: number, c1: number) => {
    const [start, end] = [Math.min(a0 * length, a1 * length), Math.max(a0 * length, a1 * length)];
    return turned ? ([x + start, y + c0, x + end, y + c1] as const) : ([x + c0, y + start, x + c1, y + end] as const);
  };
  const share = (column: number, row: number) => {
    const [run, across] = turned ? [column + 0.5 - x, row - y] : [row + 0.5 - y, column - x];
    const part = run / length;
    if (part < 0 || part > 1) return 0;
    const pitch = pitchAt(part);
    const place = across + (lines * pitch) / 2;
    return place < -1 || place > lines * pitch ? 0 : stripes(place, pitch);
  };
  painter.shade(boxOf(0, 1, -side - 1, side + 1), share, color);
  // As many of them as have room.
  const room = ((turned ? 28 : 10) * unit) / Math.abs(length);
  const step = roundUp(Math.max(to / numbers, (to - from) * room));
  for (let number = Math.ceil(from / step) * step; number <= to; number += step) {
    const part = (number - from) / (to - from);
    const [mark, gap] = [unit / 2 / Math.abs(length), side + 2 * unit];
    painter.fill(boxOf(part - mark, part + mark, gap, gap + 3 * unit), color);
    if (turned) painter.text(x + part * length, y + gap + 9 * unit, `${number}`, unit, color);
    else painter.text(x + gap + 6 * unit, y + part * length, `${number}`, unit, color, 0);
  }
}

/** To 10, 20, 25, 50, 100, 200 and so on. */
function roundUp(least: number): number {
  let step = 10;
  for (let i = 0; step < least; i++) step *= [2, 1.25, 2, 2][i % 4];
  return step;
}

const params = {
  from: { type: 'number', min: 1, max: 16384, unit: 'TV lines' },
  to: { type: 'number', min: 1, max: 32768, unit: 'TV lines' },
} as const;

/** Four wedges with their numbers, those of the horizontal resolution above and below, of the vertical left and right. */
export const resolutionWedge: Pattern<typeof params> = {
  name: 'resolution-wedge',
  params,
  prepare(description, { from = description.height / 4, to = description.height }) {
    check(from < to, 'params.from', from, `below params.to, ${to}`);
    const { width, height, colorSpace, color = white, background = black } = description;
    const picture = createPicture(width, height, colorSpace);
    const short = Math.min(width, height);
    const unit = Math.max(1, short / 360);
    const shared = { from, to, unit, color: levels(color), width: short / 4, numbers: 8 };
    const [reach, gap] = [0.47, 0.05];
    paint(picture, (painter) => {
      painter.fill([0, 0, width, height], levels(background));
      for (const side of [-1, 1]) {
        const run = (size: number) => -side * size * (reach - gap);
        const [x, y] = [width / 2, height / 2];
        drawWedge(painter, { ...shared, along: 'y', x, y: y + side * height * reach, length: run(height) });
        drawWedge(painter, {
          ...shared,
          along: 'x',
          y,
          x: x + side * width * reach,
          length: -side * (width * reach - short / 5),
        });
      }
    });
    return still(picture);
  },
};
