import { nearestWhole, sine } from '../maths.js';
import { barColors, blackLevels, greyLevels } from './bars.js';
import { createGrid, drawCastellations, drawGrid, drawRow, type Grid } from './card-ground.js';
import { encodeYcc, type Levels } from './color.js';
import { toFontText } from './font.js';
import { stillRenderer } from './lines.js';
import { samplingRateMhz } from './multiburst.js';
import { createPainter, type Painter } from './painter.js';
import type { Pattern } from './pattern.js';
import type { Slices } from './slices.js';

const params = {
  title: { type: 'text', default: '' },
} as const;

/** A test card like that of the Philips PM5544 generator: 14 squares high, with a circle of 12 squares. */
export const philipsCircle: Pattern<typeof params> = {
  name: 'philips-circle',
  params,
  *prepare(description, { title }) {
    const { width, height } = description;
    const grid = createGrid(width, height, Math.min(width, height) / 14);
    const hair = grid.square < 18 ? 1 : 2 * Math.max(1, Math.floor(grid.square / 36));
    const { painter } = yield* createPainter(description);
    const { painter: inside } = yield* createPainter(description);
    yield;
    yield* drawGrid(painter, grid, hair, greyLevels(0.5), white);
    yield;
    yield* drawCastellations(painter, grid, 0.5);
    yield;
    drawDifferences(painter, grid);
    yield;
    yield* drawCircle(inside, grid, hair, samplingRateMhz(width), toFontText(title));
    painter.disc(width / 2, height / 2, 6 * grid.square, inside.picture);
    return stillRenderer(painter.picture);
  },
};

const white = greyLevels(1);
const [, yellow75, cyan75, green75, magenta75, red75, blue75] = barColors(0.75);
const bars75 = [yellow75, cyan75, green75, magenta75, red75, blue75];

function* drawCircle(painter: Painter, grid: Grid, hair: number, sampling: number, title: string): Slices {
  const { square } = grid;
  const write = (y: number, text: string, color: Levels, most: number) =>
    painter.text(grid.x(0), grid.y(y), text, Math.min(0.09, most / (6 * text.length)) * square, color);

  painter.fill(grid.box(-6, -6, 6, -4), white);
  painter.fill(grid.box(-2.5, -5, 2.5, -4), blackLevels);
  write(-4.5, title, white, 4.6);
  yield;

  // A square wave of 250 kHz: 13 cycles in the 52 µs of a 4:3 line.
  const half = 56 / 3 / 26;
  for (let i = -9; i < 9; i++) painter.fill(grid.box(i * half, -4, (i + 1) * half, -3), greyLevels(i & 1 ? 0 : 0.75));

  drawRow(painter, grid, [-6, -3, 6, -1], bars75);

  painter.fill(grid.box(-6, -1, 6, 1), blackLevels);
  for (let i = -5; i <= 5; i++) {
    const thick = i ? hair / 2 : hair;
    painter.fill([grid.x(i) - thick, grid.y(-1), grid.x(i) + thick, grid.y(1)], white);
  }
  painter.fill([grid.x(-6), grid.y(0) - hair / 2, grid.x(6), grid.y(0) + hair / 2], white);

  yield;
  yield* drawGratings(painter, grid, sampling);
  drawRow(painter, grid, [-6, 3, 6, 4], [0, 0.2, 0.4, 0.6, 0.8, 1].map(greyLevels));

  // A white needle on black shows echoes. The edges of yellow and red show a delay between luma and chroma.
  painter.fill(grid.box(-6, 4, 6, 5), white);
  painter.fill(grid.box(-3, 4, 3, 5), blackLevels);
  painter.fill([grid.x(-2) - hair / 2, grid.y(4), grid.x(-2) + hair / 2, grid.y(5)], white);
  painter.fill(grid.box(-6, 5, 6, 6), yellow75);
  painter.fill(grid.box(-1, 5, 1, 6), red75);
}

/** The frequencies of the gratings for a sampling rate of 13.5 MHz. In high definition they are 5.5 times as high. */
const gratingsMhz = [0.8, 1.8, 2.8, 3.8, 4.8];

function* drawGratings(painter: Painter, grid: Grid, sampling: number): Slices {
  const share = 12 / gratingsMhz.length;
  for (const [i, frequency] of gratingsMhz.entries()) {
    const [from, to] = [-6 + i * share, -6 + (i + 1) * share];
    const box = grid.box(from, 1, to, 3);
    painter.fill(box, blackLevels);
    // The phase is relative to the middle, so a grating is symmetric.
    const middle = grid.x((from + to) / 2);
    const wave = (column: number) => 0.5 + 0.5 * sine(((column + 0.5 - middle) * frequency) / 13.5 + 0.25);
    yield* painter.shade(box, wave, white, true);
    if (0.045 * grid.square < 0.6) continue;
    // Moved towards the middle, so that the outer labels are inside the circle.
    const place = ((from + to) / 2) * 0.905;
    painter.fill(grid.box(place - 0.8, 2.5, place + 0.8, 3), blackLevels);
    const text = `${nearestWhole((frequency * sampling) / 1.35) / 10}`;
    painter.text(grid.x(place), grid.y(2.75), text, 0.045 * grid.square, white);
    yield;
  }
}

/** Draws single colour differences at both sides: R−Y and B−Y, positive and negative, and colours with G−Y = 0. */
function drawDifferences(painter: Painter, grid: Grid): void {
  const room = grid.halfWidth - 0.5 - 6;
  const wide = room < 4 ? 1 : 2;
  if (room < wide + 0.5) return;
  const from = Math.floor(6 + (room - wide) / 2 + 0.5);
  const luma = (color: Levels) => (encodeYcc(color, painter.picture.colorSpace).y - 16) / 219;
  const [kr, kb] = [luma([1, 0, 0]), luma([0, 0, 1])];
  const colorOf = (red: number, blue: number): Levels =>
    [red, -(kr * red + kb * blue) / (1 - kr - kb), blue].map((difference) => 0.5 + difference) as unknown as Levels;
  // G−Y is 0 if R−Y is to B−Y as −kb to kr.
  const [most, less] = [0.35, (0.35 * kb) / kr];
  [
    [colorOf(most, 0), colorOf(less, -most), colorOf(-most, 0)],
    [colorOf(0, most), colorOf(-less, most), colorOf(0, -most)],
  ].forEach((column, side) => {
    column.forEach((color, i) => {
      const [left, right] = side ? [from, from + wide] : [-from - wide, -from];
      painter.fill(grid.box(left, 2 * i - 3, right, 2 * i - 1), color);
    });
  });
}
