import { nearestWhole } from '../maths.js';
import { greyLevels } from './bars.js';
import type { Levels } from './color.js';
import type { Painter } from './painter.js';
import type { Box } from './shape.js';
import type { Slices } from './slices.js';

/** The squares of a test card. Coordinates are in squares, from the middle of the picture. */
export interface Grid {
  /** The side of a square in pixels. */
  readonly square: number;
  /** The number of squares from the middle to the edges. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  /** Converts a coordinate to pixels. */
  x(place: number): number;
  y(place: number): number;
  box(left: number, top: number, right: number, bottom: number): Box;
}

/** A grid with squares of this many pixels. Converted coordinates are rounded to pixel edges. */
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

/** Draws the lines of the grid over the whole picture, with a crossing in the middle. */
export function* drawGrid(painter: Painter, grid: Grid, thickness: number, back: Levels, color: Levels): Slices {
  const { halfWidth, halfHeight } = grid;
  painter.fill(grid.box(-halfWidth, -halfHeight, halfWidth, halfHeight), back);
  const half = thickness / 2;
  for (let i = -Math.floor(halfWidth); i <= halfWidth; i++) {
    painter.fill([grid.x(i) - half, grid.y(-halfHeight), grid.x(i) + half, grid.y(halfHeight)], color);
    yield;
  }
  for (let i = -Math.floor(halfHeight); i <= halfHeight; i++) {
    painter.fill([grid.x(-halfWidth), grid.y(i) - half, grid.x(halfWidth), grid.y(i) + half], color);
    yield;
  }
}

/** Draws black and white castellations along all edges, symmetrically, one square wide and `depth` squares deep. */
export function* drawCastellations(painter: Painter, grid: Grid, depth: number): Slices {
  const { halfWidth, halfHeight } = grid;
  for (let i = -Math.ceil(halfWidth + 0.5); i <= halfWidth; i++) {
    for (const side of [-halfHeight, halfHeight - depth]) {
      painter.fill(grid.box(i - 0.5, side, i + 0.5, side + depth), greyLevels(Math.abs(i % 2)));
    }
    yield;
  }
  for (let i = -Math.ceil(halfHeight + 0.5); i <= halfHeight; i++) {
    for (const side of [-halfWidth, halfWidth - depth]) {
      const top = Math.max(-halfHeight + depth, i - 0.5);
      const bottom = Math.min(halfHeight - depth, i + 0.5);
      painter.fill(grid.box(side, top, side + depth, bottom), greyLevels(Math.abs(i % 2)));
    }
    yield;
  }
}

/** Draws fields of equal width side by side. The edges are rounded, so neighbours have no gap between them. */
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
