import { checkValue } from '../checks.js';
import type { Levels } from './color.js';
import { stillRenderer } from './lines.js';
import { stripeCoverage } from './mixture.js';
import { createPainter, type Painter } from './painter.js';
import type { Pattern } from './pattern.js';
import type { Slices } from './slices.js';

/** Converging lines, labelled with their resolution. */
export interface Wedge {
  /** The middle of the coarse end. */
  readonly x: number;
  readonly y: number;
  /** The signed length from there, in pixels. */
  readonly length: number;
  /**
   * `y`: lines side by side, for the horizontal resolution. `x`: lines on top of each other, for the vertical
   * resolution.
   */
  readonly along: 'x' | 'y';
  /** The largest width of the coarse end in pixels. */
  readonly width: number;
  /** The resolution at the coarse and at the fine end in TV lines: black and white lines per picture height. */
  readonly from: number;
  readonly to: number;
  /** Pixels per pixel of the font. */
  readonly unit: number;
  readonly color: Levels;
  /** The approximate number of labels. */
  readonly numbers: number;
  /** The side of the labels: 1 is right or below, −1 is left or above. */
  readonly side?: 1 | -1;
}

export function* drawWedge(painter: Painter, wedge: Wedge): Slices {
  const { x, y, length, along, width, from, to, unit, color, numbers, side = 1 } = wedge;
  const { height } = painter.picture;
  // The labels have equal steps of TV lines, so the width of the wedge is a hyperbola.
  const pitchAt = (part: number) => (2 * height) / (from + (to - from) * part);
  const first = pitchAt(0);
  // Whole lines with gaps between them.
  const lines = Math.max(2, Math.floor(width / first + 0.5)) - 0.5;
  const half = (lines * first) / 2;
  const turned = along === 'x';
  const boxOf = (from: number, to: number, c0: number, c1: number) => {
    const [start, end, near, far] = [
      Math.min(from * length, to * length),
      Math.max(from * length, to * length),
      Math.min(c0, c1),
      Math.max(c0, c1),
    ];
    return turned
      ? ([x + start, y + near, x + end, y + far] as const)
      : ([x + near, y + start, x + far, y + end] as const);
  };
  const share = (column: number, row: number) => {
    const part = (turned ? column + 0.5 - x : row + 0.5 - y) / length;
    if (part < 0 || part > 1) return 0;
    const pitch = pitchAt(part);
    const place = (turned ? row - y : column - x) + (lines * pitch) / 2;
    return place < -1 || place > lines * pitch ? 0 : stripeCoverage(place, pitch);
  };
  yield* painter.shade(boxOf(0, 1, -half - 1, half + 1), share, color);
  // As many labels as have room.
  const room = ((turned ? 28 : 10) * unit) / Math.abs(length);
  const step = roundUp(Math.max(to / numbers, (to - from) * room));
  for (let number = Math.ceil(from / step) * step; number <= to; number += step) {
    const part = (number - from) / (to - from);
    const [mark, gap] = [unit / 2 / Math.abs(length), half + 2 * unit];
    painter.fill(boxOf(part - mark, part + mark, side * gap, side * (gap + 3 * unit)), color);
    const [along, across] = [part * length, side * (gap + (turned ? 9 : 6) * unit)];
    if (turned) painter.text(x + along, y + across, `${number}`, unit, color);
    else painter.text(x + across, y + along, `${number}`, unit, color, (1 - side) / 2);
    yield;
  }
}

/** Rounds up to 10, 20, 25, 50, 100, 200 and so on. */
function roundUp(least: number): number {
  let step = 10;
  for (let i = 0; step < least; i++) step *= [2, 1.25, 2, 2][i % 4];
  return step;
}

const params = {
  from: { type: 'number', min: 1, max: 16384, unit: 'TV lines' },
  to: { type: 'number', min: 1, max: 32768, unit: 'TV lines' },
} as const;

/** Four labelled wedges: horizontal resolution at the top and bottom, vertical resolution at the left and right. */
export const resolutionWedge: Pattern<typeof params> = {
  name: 'resolution-wedge',
  params,
  *prepare(description, { from = description.height / 4, to = description.height }) {
    checkValue(from < to, 'params.from', from, `a number below params.to, ${to}`);
    const { width, height } = description;
    const { picture, painter, ink, paper } = yield* createPainter(description);
    const short = Math.min(width, height);
    const unit = Math.max(1, short / 360);
    const shared = { from, to, unit, color: ink, width: short / 4, numbers: 8 };
    const [reach, gap] = [0.47, 0.05];
    const [x, y] = [width / 2, height / 2];
    painter.cover(paper);
    yield;
    // Point-symmetric about the middle, so that labels do not overlap.
    for (const side of [-1, 1] as const) {
      const run = -side * height * (reach - gap);
      yield* drawWedge(painter, {
        ...shared,
        along: 'y',
        side: -side as 1 | -1,
        x,
        y: y + side * height * reach,
        length: run,
      });
      const level = -side * (width * reach - short / 5);
      yield* drawWedge(painter, { ...shared, along: 'x', side, y, x: x + side * width * reach, length: level });
    }
    painter.text(x, y, 'TV LINES', unit, shared.color);
    return stillRenderer(picture);
  },
};
