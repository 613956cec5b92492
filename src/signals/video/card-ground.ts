import { nearestWhole } from '../maths.js';
import { greyLevels } from './bars.js';
import type { Levels } from './color.js';
import type { Painter } from './painter.js';
import type { Box } from './shape.js';

/** A test card's squares: places count in them, from the middle of the picture. */
export interface Grid {
  readonly square: number;
  /** How many squares there are from the middle to the edges. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  x(place: number): number;
  y(place: number): number;
  box(left: number, top: number, right: number, bottom: number): Box;
}

/** A grid of that many pixels to a square, every place at an edge of a pixel. */
export function createGrid(width: number, height: number, square: number): Grid {
  const x = (place: number) => nearestWhole(width / 2 + place * square);
  const y = (place: number) => nearestWhole(height / 2 + place * square);
  return {
    square,
    halfWidth: width / 2 / square,
    halfHeight: height / 2 / square,
    x,
    y,
    box: (left, top, right, bottom) => [x(left), y(top), x(right), y(bottom)],
  };
}

/** The squares' lines with a crossing in the middle, from edge to edge. */
export function drawGrid(painter: Painter, grid: Grid, thickness: number, back: Levels, color: Levels): void {
  const { halfWidth, halfHeight } = grid;
  painter.fill(grid.box(-halfWidth, -halfHeight, halfWidth, halfHeight), back);
  const half = thickness / 2;
  for (let i = -Math.floor(halfWidth); i <= halfWidth; i++) {
    painter.fill([grid.x(i) - half, grid.y(-halfHeight), grid.x(i) + half, grid.y(halfHeight)], color);
  }
  for (let i = -Math.floor(halfHeight); i <= halfHeight; i++) {
    painter.fill([grid.x(-halfWidth), grid.y(i) - half, grid.x(halfWidth), grid.y(i) + half], color);
  }
}

/** Black and white in turn along all edges, a square wide and `depth` squares deep, the same from all sides. */
export function drawCastellations(painter: Painter, grid: Grid, depth: number): void {
  const { halfWidth, halfHeight } = grid;
  for (let i = -Math.ceil(halfWidth + 0.5); i <= halfWidth; i++) {
    for (const side of [-halfHeight, halfHeight - depth]) {
      painter.fill(grid.box(i - 0.5, side, i + 0.5, side + depth), greyLevels(Math.abs(i % 2)));
    }
  }
  for (let i = -Math.ceil(halfHeight + 0.5); i <= halfHeight; i++) {
    for (const side of [-halfWidth, halfWidth - depth]) {
      const top = Math.max(-halfHeight + depth, i - 0.5);
      const bottom = Math.min(halfHeight - depth, i + 0.5);
      painter.fill(grid.box(side, top, side + depth, bottom), greyLevels(Math.abs(i % 2)));
    }
  }
}

/** Fields side by side in equal shares, each over what is right of it, so that no ground shows through between two. */
export function drawRow(
  painter: Painter,
  grid: Grid,
  [left, top, right, bottom]: Box,
  fields: readonly Levels[],
): void {
  const share = (right - left) / fields.length;
  fields.forEach((field, i) => {
    painter.fill(grid.box(left + i * share, top, right, bottom), field);
  });
}
