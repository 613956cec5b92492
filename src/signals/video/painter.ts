import { nearestWhole } from '../maths.js';
import type { Picture } from '../picture.js';
import { encode, type Levels } from './color.js';
import { capHeight } from './font.js';
import { letterAdvance, letterOf, squareTo } from './lettering.js';

/** How much of a pixel something covers: from 0 to 1, what lies outside is cut off. */
export type Share = (column: number, row: number) => number;

/** Left, top, right and bottom, in pixels of the picture. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/**
 * Paints shapes with smooth edges on a part of a picture, all three components at every pixel, and puts it there with
 * chroma as the average of two by two. Places are those of the picture; what lies outside of the part is left out.
 */
export class Painter {
  readonly picture: Picture;
  /** Limits what is painted. */
  clip: Share | undefined;
  readonly #box: Box;
  readonly #width: number;
  readonly #planes: readonly Uint8Array[];
  #kept: readonly Uint8Array[] = [];

  /** The part is made as large as to have whole chroma samples. */
  constructor(picture: Picture, [left, top, right, bottom]: Box) {
    const even = (x: number, most: number) => Math.max(0, Math.min(most, 2 * Math.floor(x / 2)));
    const { width, height } = picture;
    this.picture = picture;
    this.#box = [even(left, width), even(top, height), even(right + 1.999, width), even(bottom + 1.999, height)];
    this.#width = Math.max(0, this.#box[2] - this.#box[0]);
    this.#planes = [0, 1, 2].map(() => new Uint8Array(this.#width * Math.max(0, this.#box[3] - this.#box[1])));
  }

  /** Everything in one colour, from edge to edge. */
  fill([left, top, right, bottom]: Box, color: Levels): void {
    const overlap = (from: number, to: number, place: number) => Math.min(to, place + 1) - Math.max(from, place);
    const box = [left, top, right, bottom] as const;
    if (this.clip || box.some((edge) => edge !== Math.floor(edge))) {
      this.shade(box, (x, y) => overlap(left, right, x) * overlap(top, bottom, y), color);
      return;
    }
    const [x0, y0, x1, y1] = this.#within(box);
    const ink = this.#ink(color);
    for (let y = y0; y < y1; y++) {
      const start = (y - this.#box[1]) * this.#width - this.#box[0];
      if (x1 > x0) this.#planes.forEach((plane, i) => void plane.fill(ink[i], start + x0, start + x1));
    }
  }

  /** One colour over what is there, as much of it as is said for each pixel. */
  shade(box: Box, share: Share, color: Levels): void {
    const [left, top, right, bottom] = this.#within(box);
    const ink = this.#ink(color);
    const [a, b, c] = this.#planes;
    for (let y = top; y < bottom; y++) {
      let at = (y - this.#box[1]) * this.#width + left - this.#box[0];
      for (let x = left; x < right; x++, at++) {
        let part = share(x, y);
        if (part > 0 && this.clip) part = Math.min(1, part) * Math.max(0, Math.min(1, this.clip(x, y)));
        if (part <= 0) continue;
        if (part > 1) part = 1;
        a[at] = nearestWhole(a[at] + (ink[0] - a[at]) * part);
        b[at] = nearestWhole(b[at] + (ink[1] - b[at]) * part);
        c[at] = nearestWhole(c[at] + (ink[2] - c[at]) * part);
      }
    }
  }

  disc(x: number, y: number, radius: number, color: Levels): void {
    this.shade(around(x, y, x, y, radius), discAt(x, y, radius), color);
  }

  /** A ring whose line has its middle at the radius. */
  ring(x: number, y: number, radius: number, thickness: number, color: Levels): void {
    const [outer, inner] = [radius + thickness / 2, radius - thickness / 2];
    const [over, under] = [discAt(x, y, outer), discAt(x, y, inner)];
    const share: Share = (column, row) => {
      const most = over(column, row);
      return most <= 0 ? 0 : Math.min(1, most) - Math.max(0, Math.min(1, under(column, row)));
    };
    this.shade(around(x, y, x, y, outer), share, color);
  }

  /** A straight line with round ends. */
  line(fromX: number, fromY: number, toX: number, toY: number, thickness: number, color: Levels): void {
    const stroke = [fromX, fromY, toX, toY] as const;
    const share: Share = (x, y) => 0.5 + thickness / 2 - Math.sqrt(squareTo(stroke, x + 0.5, y + 0.5));
    this.shade(around(fromX, fromY, toX, toY, thickness / 2), share, color);
  }

  /** Text whose middle is at `x`, `y`, `unit` pixels to one of the font's; `anchor` 0 puts its left end at `x`, 1 the right. */
  text(x: number, y: number, text: string, unit: number, color: Levels, anchor = 0.5): void {
    const advance = letterAdvance(unit);
    const left = nearestWhole(x - (text.length * advance - unit) * anchor);
    const top = nearestWhole(y - (capHeight * unit) / 2);
    [...text].forEach((character, i) => {
      const { width, height, shares } = letterOf(this.picture, character, unit);
      const start = left + i * advance;
      const box = [start, top, start + width, top + height] as const;
      if (character !== ' ') this.shade(box, (column, row) => shares[(row - top) * width + column - start], color);
    });
  }

  /** Remembers what is painted, for `restore`. */
  keep(): void {
    this.#kept = this.#planes.map((plane) => plane.slice());
  }

  restore(): void {
    this.#kept.forEach((plane, i) => void this.#planes[i].set(plane));
  }

  /** Puts what is painted into the picture. */
  show(): void {
    const [left, top, , bottom] = this.#box;
    const { width, y, u, v } = this.picture;
    const [luma, blue, red] = this.#planes;
    const across = this.#width;
    for (let row = top, at = 0; row < bottom; row++, at += across) {
      y.set(luma.subarray(at, at + across), row * width + left);
      if (row % 2) continue;
      let out = (row * width) / 4 + left / 2;
      for (let i = at; i < at + across; i += 2, out++) {
        u[out] = (blue[i] + blue[i + 1] + blue[i + across] + blue[i + across + 1] + 2) >> 2;
        v[out] = (red[i] + red[i + 1] + red[i + across] + red[i + across + 1] + 2) >> 2;
      }
    }
  }

  #ink(color: Levels): readonly number[] {
    const { y, u, v } = encode(color, this.picture.colorSpace);
    return [y, u, v].map(nearestWhole);
  }

  #within([left, top, right, bottom]: Box): Box {
    const [x0, y0, x1, y1] = this.#box;
    return [
      Math.max(x0, Math.floor(left)),
      Math.max(y0, Math.floor(top)),
      Math.min(x1, Math.ceil(right)),
      Math.min(y1, Math.ceil(bottom)),
    ];
  }
}

/** Paints a whole picture in strips, so that a large one does not need twice its memory. */
export function paint(picture: Picture, draw: (painter: Painter) => void): void {
  for (let top = 0; top < picture.height; top += 256) {
    const painter = new Painter(picture, [0, top, picture.width, Math.min(picture.height, top + 256)]);
    draw(painter);
    painter.show();
  }
}

/** The share of a disc in a pixel, as near as its distance from the edge tells it. */
export function discAt(x: number, y: number, radius: number): Share {
  return (column, row) => {
    const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
    return radius + 0.5 - Math.sqrt(dx * dx + dy * dy);
  };
}

const around = (x0: number, y0: number, x1: number, y1: number, radius: number): Box => [
  Math.min(x0, x1) - radius - 1,
  Math.min(y0, y1) - radius - 1,
  Math.max(x0, x1) + radius + 1,
  Math.max(y0, y1) + radius + 1,
];
