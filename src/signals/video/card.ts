import { angleOf, fractionOf, nearestWhole, sine } from '../maths.js';
import { framesPerSecond } from '../rate.js';
import { barColors, greyLevels } from './bars.js';
import { createGrid, drawCastellations, drawGrid, drawRow, type Grid } from './card-ground.js';
import { cardMotion } from './card-motion.js';
import type { Levels } from './color.js';
import { toFontText } from './font.js';
import { createPainter, type Painter } from './painter.js';
import type { CompletePatternDescription, Pattern } from './pattern.js';
import type { Box, Depth } from './shape.js';
import type { Slices } from './slices.js';
import { drawWedge } from './wedge.js';

const params = {
  title: { type: 'text', default: 'TRACK ELEMENTS' },
} as const;

/** The house card: geometry, overscan, resolution, grey scale, colour, motion, lip sync and identity in one picture. */
export const card: Pattern<typeof params> = {
  name: 'card',
  params,
  *prepare(description, { title }) {
    const { width, height } = description;
    const plan = planOf(width, height);
    const { painter: card } = yield* createPainter(description);
    const { painter: inside } = yield* createPainter(description);
    yield;
    yield* drawGround(card, plan);
    yield* drawCircle(inside, plan.inner, description, toFontText(title));
    const { x, y, square } = plan.outer;
    const radius = plan.radius * square;
    card.disc(x(0), y(0), radius, inside.picture);
    yield;
    card.ring(x(0), y(0), radius, 2 * plan.hair, white);
    yield;
    return yield* cardMotion(card, inside, plan.inner, description);
  },
};

/** The layout of the card. */
interface Plan {
  /** The grid of the card: 18 squares on the shorter side. */
  readonly outer: Grid;
  /** The grid of the big circle, in which its radius is 8. */
  readonly inner: Grid;
  /** The big circle's radius, in outer squares. */
  readonly radius: number;
  /** The distance from the middle, along the longer side, of the corner circles and the wedges. */
  readonly aside: number;
  /** The radius of the corner circles. */
  readonly corner: number;
  readonly portrait: boolean;
  /** The thickness of lines in pixels. */
  readonly hair: number;
}

function planOf(width: number, height: number): Plan {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const square = short / 18;
  const aspect = long / short;
  const radius = aspect < 1.2 ? 5 : aspect < 1.6 ? 7 : 8;
  const free = 9 * aspect - BORDER - radius;
  return {
    outer: createGrid(width, height, square),
    inner: createGrid(width, height, (square * radius) / 8),
    radius,
    aside: radius + Math.min(4, free / 2),
    corner: Math.min(2.4, free / 3),
    portrait: height > width,
    hair: Math.max(1, nearestWhole(square / 20)),
  };
}

/** The depth of the castellations: they stay outside of the 95 % of EBU R 95. */
const BORDER = 0.42;

const white = greyLevels(1);
const ground = greyLevels(0.07);
const back = greyLevels(0.24);

/** Draws everything except the big circle. */
function* drawGround(painter: Painter, plan: Plan): Slices {
  const { outer, hair } = plan;
  yield* drawGrid(painter, outer, 2 * Math.ceil(hair / 2), back, greyLevels(0.46));
  yield;
  yield* drawCastellations(painter, outer, BORDER);
  yield;
  yield* drawArrows(painter, outer);
  yield* drawSafeAreas(painter, outer, hair);
  yield* drawCorners(painter, plan);
  yield* drawWedges(painter, plan);
}

/** Draws the contents of the big circle, from top to bottom. The places of the moving parts stay dark. */
function* drawCircle(
  painter: Painter,
  grid: Grid,
  { width, height, frameRate }: CompletePatternDescription,
  title: string,
): Slices {
  const { square } = grid;
  const write = (y: number, text: string, most: number, unit: number) =>
    painter.writing(grid.x(0), grid.y(y), text, Math.min(unit * square, (most * square) / (6 * text.length)), white);
  const [, ...hues] = barColors(1);
  const [, ...hues75] = barColors(0.75);
  painter.fill(grid.box(-8, -8, 8, 8), ground);
  yield;
  yield* write(-6.65, title, 6.9, 0.1);
  yield;

  drawRow(painter, grid, [-6, -5.9, 6, -5], hues);
  drawRow(painter, grid, [-6, -5, 6, -2.5], hues75);
  for (const [top, bottom, level] of [
    [-5.9, -5, 1],
    [-5, -2.5, 0.75],
  ]) {
    painter.fill(grid.box(-8, top, -6, bottom), greyLevels(level));
    painter.fill(grid.box(6, top, 8, bottom), greyLevels(0));
  }

  // Steps of 10 %, and beyond each end three patches near black and near white: −2, +2, +4 and 96, 98, 102 %.
  const steps = Array.from({ length: 11 }, (_, i) => greyLevels(i / 10));
  painter.fill(grid.box(-8, 3.2, -5.5, 4.5), greyLevels(0));
  painter.fill(grid.box(5.5, 3.2, 8, 4.5), white);
  drawRow(painter, grid, [-5.5, 3.2, 5.5, 4.5], steps);
  drawRow(painter, grid, [-6.8, 3.5, -5.6, 4.2], [-0.02, 0.02, 0.04].map(greyLevels));
  drawRow(painter, grid, [5.6, 3.5, 6.8, 4.2], [0.96, 0.98, 1.02].map(greyLevels));
  drawRow(painter, grid, [-6, 4.5, 6, 5.4], patches);
  yield;
  yield* write(7.05, `${width}x${height} ${nearestWhole(framesPerSecond(frameRate) * 1000) / 1000} fps`, 5.6, 0.07);
}

/** sRGB values of the classic colour chart: dark skin, light skin, blue sky, foliage, blue flower, bluish green. */
const patches: readonly Levels[] = [
  [115, 82, 68],
  [194, 150, 130],
  [98, 122, 157],
  [87, 108, 67],
  [133, 128, 177],
  [103, 189, 170],
].map(([red, green, blue]) => [red / 255, green / 255, blue / 255]);

/** Draws an arrow in the middle of each side whose tip touches the edge of the picture. */
function* drawArrows(painter: Painter, { square, halfWidth, halfHeight, x, y, box }: Grid): Slices {
  const length = 0.8;
  for (const side of [-1, 1]) {
    const [tall, wide] = [side * halfHeight, side * halfWidth];
    const [tipX, tipY, middleX, middleY] = [x(wide), y(tall), x(0), y(0)];
    const upright = box(-length, Math.min(tall, tall - side * length), length, Math.max(tall, tall - side * length));
    const level = box(Math.min(wide, wide - side * length), -length, Math.max(wide, wide - side * length), length);
    for (const [area, arrow] of [
      [upright, (column, row) => (Math.abs(row - tipY) / 2 - Math.abs(column - middleX)) * 0.89],
      [level, (column, row) => (Math.abs(column - tipX) / 2 - Math.abs(row - middleY)) * 0.89],
    ] as readonly (readonly [Box, Depth])[]) {
      painter.shape(area, (column, row) => arrow(column, row) + square / 12, greyLevels(0));
      painter.shape(area, arrow, white);
      yield;
    }
  }
}

/** Draws the corners of the safe areas of EBU R 95: 90 % (graphics), 93 % (action) and 95 % of width and height. */
function* drawSafeAreas(painter: Painter, { square, halfWidth, halfHeight, x, y }: Grid, hair: number): Slices {
  for (const [i, percent] of [90, 93, 95].entries()) {
    const arm = 2.6 - 0.9 * i;
    const [right, bottom] = [(halfWidth * percent) / 100, (halfHeight * percent) / 100];
    for (const h of [-1, 1]) {
      for (const v of [-1, 1]) {
        const [cornerX, cornerY] = [x(h * right), y(v * bottom)];
        const [endX, endY] = [x(h * (right - arm)), y(v * (bottom - arm))];
        painter.fill([Math.min(cornerX, endX), cornerY, Math.max(cornerX, endX), cornerY + hair], white);
        painter.fill([cornerX, Math.min(cornerY, endY), cornerX + hair, Math.max(cornerY, endY)], white);
        const [x0, unit] = [endX - h * 0.4 * square, square * 0.045];
        if (unit < 0.6) continue;
        // The label stays clear of the castellations.
        const y0 = y(v * Math.min(bottom, halfHeight - BORDER - 0.18));
        painter.fill(
          [x0 - 7 * unit, y0 - 4 * unit, x0 + 7 * unit, y0 + 4 * unit].map(nearestWhole) as unknown as Box,
          back,
        );
        painter.text(x0, y0, `${percent}`, unit, white);
        yield;
      }
    }
  }
}

/**
 * Draws a circle in each corner with a Siemens star, or with a zone plate that reaches the sampling limit at its rim.
 */
function* drawCorners(painter: Painter, { outer, aside, corner, portrait, hair }: Plan): Slices {
  const radius = corner * outer.square;
  const inside = radius - 3 * hair;
  const near = 7.6 - corner;
  const size = Math.ceil(radius) + 1;
  const star = (x: number, y: number, r: number) =>
    0.5 + (Math.abs(fractionOf(angleOf(y, x) * 36) - 0.5) - 0.25) * Math.min(4, (r * 6.28) / 36);
  const plate = (_x: number, _y: number, r: number) => 0.5 + 0.5 * sine((r * r) / (4 * inside) + 0.25);
  for (const [i, shareAt] of [star, plate].entries()) {
    // One quarter is computed; the others mirror it.
    const shares = new Float32Array(size * size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const [dx, dy] = [column + 0.5, row + 0.5];
        const r = Math.sqrt(dx * dx + dy * dy);
        const share = r < inside + 0.5 ? Math.max(0, Math.min(1, shareAt(dx, dy, r))) : 0;
        shares[row * size + column] = Math.min(1, inside + 0.5 - r) * share;
      }
      yield;
    }
    for (const h of [-1, 1]) {
      const v = i ? -h : h;
      const x = outer.x(h * (portrait ? near : aside));
      const y = outer.y(v * (portrait ? aside : near));
      painter.disc(x, y, radius, ground);
      yield* painter.shade(
        [x - inside, y - inside, x + inside, y + inside],
        (column, row) => shares[Math.floor(Math.abs(row + 0.5 - y)) * size + Math.floor(Math.abs(column + 0.5 - x))],
        white,
      );
      painter.ring(x, y, radius, 2 * hair, white);
      yield;
    }
  }
}

/** Draws the wedge of horizontal resolution at the left (top in portrait) and of vertical resolution at the right. */
function* drawWedges(painter: Painter, { outer, aside, corner, radius, portrait }: Plan): Slices {
  const { square } = outer;
  const length = (portrait ? outer.halfHeight : outer.halfWidth) - BORDER - radius;
  const half = Math.min(2.5, length / 2 - 0.4);
  const tall = Math.min(7.2 - 2 * corner, 5.5 - half);
  const { height } = painter.picture;
  const shared = {
    from: height / 4,
    to: height,
    unit: Math.max(0.8, square * Math.min(0.05, 0.0225 * half)),
    color: white,
    numbers: 5,
  };
  for (const side of [-1, 1]) {
    const [x, y] = portrait ? [0, side * aside] : [side * aside, 0];
    const [wide, high] = portrait ? [tall, half] : [half, tall];
    painter.fill(outer.box(x - wide, y - high, x + wide, y + high), ground);
    const along = side < 0 ? 'y' : 'x';
    const [run, across] = side < 0 ? [high, wide] : [wide, high];
    const wedge = { ...shared, along, length: (2 * run - 0.8) * square, width: across * 1.1 * square } as const;
    const [left, top] = side < 0 ? [x - across * 0.25, y - run + 0.4] : [x - run + 0.4, y - across * 0.25];
    yield* drawWedge(painter, { ...wedge, x: outer.x(left), y: outer.y(top) });
  }
}
