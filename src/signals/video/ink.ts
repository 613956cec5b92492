import { nearestWhole } from '../maths.js';
import type { Picture } from '../picture.js';
import type { Ycc } from './color.js';
import { advance, capHeight, glyphHeight, glyphRow, glyphWidth } from './font.js';

/*
 * What draws in one colour on all three planes of a picture. Places are in pixels, fractions welcome; a sample gets as
 * much of the colour as the drawing covers of it. What lies outside of the picture is not drawn.
 */

/** A rectangle. */
export function fillBox(picture: Picture, ink: Ycc, left: number, top: number, right: number, bottom: number): void {
  onPlanes(picture, ink, (plane, columns, rows, size, value) => {
    const [from, to] = [Math.max(0, left / size), Math.min(columns, right / size)];
    const [first, last] = [Math.max(0, top / size), Math.min(rows, bottom / size)];
    for (let row = Math.floor(first); row < last; row++) {
      const tall = Math.min(row + 1, last) - Math.max(row, first);
      const start = row * columns;
      for (let column = Math.floor(from); column < to; column++) {
        const wide = Math.min(column + 1, to) - Math.max(column, from);
        if (wide * tall === 1) {
          plane.fill(value, start + column, start + Math.floor(to));
          column = Math.floor(to) - 1;
        } else mix(plane, start + column, value, wide * tall);
      }
    }
  });
}

/** A straight line with round ends, `width` pixels wide. */
export function drawLine(
  picture: Picture,
  ink: Ycc,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  width: number,
): void {
  const length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)) || 1;
  const [across, down] = [(x2 - x1) / length, (y2 - y1) / length];
  onPlanes(picture, ink, (plane, columns, rows, size, value) => {
    const reach = (width + size) / 2;
    const last = Math.min(rows, (Math.max(y1, y2) + reach) / size);
    for (let row = Math.max(0, Math.floor((Math.min(y1, y2) - reach) / size)); row < last; row++) {
      const dy = (row + 0.5) * size - y1;
      // Where the row crosses the endless line, and how far to both sides it is near enough.
      const middle = x1 + (down ? (dy * across) / down : 0);
      const side = down ? Math.abs(reach / down) : columns * size;
      const from = Math.max(0, middle - side, Math.min(x1, x2) - reach);
      const to = Math.min(columns, Math.min(middle + side, Math.max(x1, x2) + reach) / size);
      for (let column = Math.floor(from / size); column < to; column++) {
        const dx = (column + 0.5) * size - x1;
        const along = Math.max(0, Math.min(length, dx * across + dy * down));
        const [ex, ey] = [dx - along * across, dy - along * down];
        mix(plane, row * columns + column, value, (reach - Math.sqrt(ex * ex + ey * ey)) / size);
      }
    }
  });
}

/** A circle, `width` pixels wide; a disc where that is twice the radius. */
export function drawCircle(picture: Picture, ink: Ycc, x: number, y: number, radius: number, width: number): void {
  onPlanes(picture, ink, (plane, columns, rows, size, value) => {
    const reach = (width + size) / 2;
    const outer = radius + reach;
    const inner = Math.max(0, radius - reach);
    for (let row = Math.max(0, Math.floor((y - outer) / size)); row < Math.min(rows, (y + outer) / size); row++) {
      const dy = (row + 0.5) * size - y;
      const half = Math.sqrt(Math.max(0, outer * outer - dy * dy));
      const hollow = Math.sqrt(Math.max(0, inner * inner - dy * dy));
      const end = Math.min(columns, (x + half) / size);
      for (let column = Math.max(0, Math.floor((x - half) / size)); column < end; column++) {
        const dx = (column + 0.5) * size - x;
        if (Math.abs(dx) < hollow) column = Math.max(column, Math.floor((x + hollow) / size) - 1);
        else
          mix(plane, row * columns + column, value, (reach - Math.abs(Math.sqrt(dx * dx + dy * dy) - radius)) / size);
      }
    }
  });
}

/** Text, each pixel of the font `scale` pixels wide and high: `textWidth` wide and seven of them high. */
export function drawText(picture: Picture, ink: Ycc, text: string, left: number, top: number, scale: number): void {
  [...text].forEach((character, index) => {
    for (let row = 0; row < glyphHeight; row++) {
      const bits = glyphRow(character, row);
      for (let column = 0; column < glyphWidth; column++) {
        const first = column;
        while ((bits >> (glyphWidth - 1 - column)) & 1) column++;
        const x = left + (index * advance + first) * scale;
        const y = top + row * scale;
        if (column > first) fillBox(picture, ink, x, y, x + (column - first) * scale, y + scale);
      }
    }
  });
}

/** The largest scale at which so many characters fit; even, so that chroma has no halves, where it is above 1. */
export function fittingScale(characters: number, width: number, height: number): number {
  const scale = Math.min(width / textWidth(characters), height / capHeight);
  return scale < 2 ? 1 : 2 * Math.floor(scale / 2);
}

/** The pixels of the font that so many characters are wide. */
export const textWidth = (characters: number): number => characters * advance - 1;

/** Text with its middle at a place, made to even pixels. */
export function drawTextAt(picture: Picture, ink: Ycc, text: string, x: number, y: number, scale: number): void {
  const left = x - (textWidth([...text].length) * scale) / 2;
  drawText(picture, ink, text, 2 * nearestWhole(left / 2), 2 * nearestWhole((y - (capHeight * scale) / 2) / 2), scale);
}

type Paint = (plane: Uint8Array, columns: number, rows: number, size: number, value: number) => void;

function onPlanes({ width, height, y, u, v }: Picture, ink: Ycc, paint: Paint): void {
  paint(y, width, height, 1, ink.y);
  paint(u, width / 2, height / 2, 2, ink.u);
  paint(v, width / 2, height / 2, 2, ink.v);
}

function mix(plane: Uint8Array, index: number, value: number, share: number): void {
  if (share > 0) plane[index] = nearestWhole(plane[index] + (value - plane[index]) * Math.min(1, share));
}

/** Makes a picture the copy of another of the same size. */
export function copyPicture(from: Picture, to: Picture): void {
  for (const plane of ['y', 'u', 'v'] as const) to[plane].set(from[plane]);
}

/** Makes a picture one colour. */
export function fillPicture(picture: Picture, ink: Ycc): void {
  onPlanes(picture, ink, (plane, _columns, _rows, _size, value) => plane.fill(value));
}
