import { fractionOf, nearestWhole, sine } from '../maths.js';
import type { Picture } from '../picture.js';
import { type Rate, rateValue } from '../rate.js';
import { grey } from './bars.js';
import type { Grid } from './card-ground.js';
import { Painter } from './painter.js';
import type { PatternDescription, PatternRenderer } from './pattern.js';
import { timecodeAt } from './timecode.js';

const white = grey(1);
const faint = grey(0.5);

/** Seconds from one flash to the next, which the tone `av-sync` meets, and how long it is there. */
const PERIOD = 2;
const FLASH = 0.1;

/** What moves on the card. Each piece repaints its own part of the picture, over what is there. */
export function cardMotion(
  picture: Picture,
  grid: Grid,
  draw: (painter: Painter) => void,
  { frameRate, speed }: PatternDescription,
): PatternRenderer {
  const still: readonly Piece[] = [dial, counter, clock, marker, ruler];
  const pieces = still.map(({ box, face, move }) => {
    const painter = new Painter(picture, grid.box(...box));
    draw(painter);
    face?.(painter, grid, frameRate);
    painter.keep();
    return { painter, move };
  });
  const key = (n: number) => Math.floor(n * speed);
  return {
    picture,
    key,
    render(n) {
      for (const { painter, move } of pieces) {
        painter.restore();
        move(painter, grid, frameRate, key(n));
        painter.show();
      }
    },
  };
}

interface Piece {
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  /** What of it stands still. */
  face?(painter: Painter, grid: Grid, rate: Rate): void;
  move(painter: Painter, grid: Grid, rate: Rate, n: number): void;
}

/** A hand that steps from mark to mark, one a frame and once round in a second, and the flash behind it. */
const dial: Piece = {
  box: [-2.3, -2.3, 2.3, 2.3],
  face(painter, grid, rate) {
    const marks = marksOf(rate);
    for (let i = 0; i < marks; i++) {
      const long = i % 5 === 0;
      spoke(painter, grid, i / marks, long ? 1.9 : 2, 2.18, long ? 0.07 : 0.04, long ? white : faint);
    }
    painter.ring(grid.x(0), grid.y(0), 1.72 * grid.square, Math.max(1, 0.03 * grid.square), faint);
  },
  move(painter, grid, rate, n) {
    const [x, y] = [grid.x(0), grid.y(0)];
    const lit = flashes(rate, n);
    if (lit) painter.disc(x, y, 1.72 * grid.square, white);
    const ink = grey(lit ? 0 : 1);
    const marks = marksOf(rate);
    spoke(painter, grid, (((n % marks) + marks) % marks) / marks, -0.35, 1.55, 0.09, ink);
    painter.disc(x, y, 0.16 * grid.square, ink);
  },
};

const counter: Piece = written(-4.9, 'FRAME', (_, n) => `${wrapped(n, 1e8)}`.padStart(8, '0'));
const clock: Piece = written(4.9, 'TIME', (rate, n) => timecodeAt(n, rate));

function written(x: number, name: string, textAt: (rate: Rate, n: number) => string): Piece {
  return {
    box: [x - 2.5, -1, x + 2.5, 1],
    face: (painter, grid) => painter.text(grid.x(x), grid.y(-0.6), name, 0.05 * grid.square, faint),
    move: (painter, grid, rate, n) =>
      painter.text(grid.x(x), grid.y(0.15), textAt(rate, n), 0.066 * grid.square, white),
  };
}

/** A disc that goes to and fro at a steady pace, which a judder shows on. */
const marker: Piece = {
  box: [-7, 2.5, 7, 3.2],
  face(painter, grid) {
    for (let i = -6; i <= 6; i++) {
      const [x, y] = [grid.x(i), grid.y(2.85)];
      painter.disc(x, y, Math.max(0.7, 0.04 * grid.square), faint);
    }
  },
  move(painter, grid, rate, n) {
    const turn = secondsIn(4, rate, n) / 4;
    const place = (2 * Math.abs(2 * fractionOf(turn + 0.25) - 1) - 1) * 6;
    painter.disc(grid.x(0) + place * grid.square, grid.y(2.85), 0.22 * grid.square, white);
  },
};

/** How far a tone heard now is from the flash: a pointer on a scale of a second each way, at its middle when it flashes. */
const ruler: Piece = {
  box: [-4.6, 5.5, 4.6, 6.7],
  face(painter, grid) {
    const y = grid.y(6);
    for (let i = -10; i <= 10; i++) {
      const long = i % 5 === 0;
      const x = grid.x(i * 0.43);
      const half = Math.max(0.5, (long ? 0.04 : 0.025) * grid.square);
      painter.fill([x - half, y - (long ? 0.16 : 0.1) * grid.square, x + half, y], long ? white : faint);
    }
    for (const i of [-5, 0, 5]) {
      painter.text(grid.x(i * 0.43), grid.y(6.35), i ? `${i > 0 ? '+' : '-'}500` : '0 ms', 0.042 * grid.square, faint);
    }
  },
  move(painter, grid, rate, n) {
    const seconds = secondsIn(PERIOD, rate, n);
    const x = grid.x(0) + (seconds < PERIOD / 2 ? seconds : seconds - PERIOD) * 4.3 * grid.square;
    const [top, tip] = [grid.y(5.5), grid.y(5.8)];
    painter.line(x, top, x, tip, 0.1 * grid.square, white);
    if (flashes(rate, n)) painter.fill(grid.box(-4.3, 6, 4.3, 6.08), white);
  },
};

function spoke(painter: Painter, grid: Grid, turn: number, from: number, to: number, thickness: number, color = white) {
  const [x, y] = [sine(turn) * grid.square, -sine(turn + 0.25) * grid.square];
  const [left, top] = [grid.x(0), grid.y(0)];
  const line = Math.max(1, thickness * grid.square);
  painter.line(left + from * x, top + from * y, left + to * x, top + to * y, line, color);
}

/** Marks on the dial: one a frame, as far as there is room. */
const marksOf = (rate: Rate): number => Math.max(1, Math.min(120, nearestWhole(rateValue(rate))));

/** Seconds since the last whole multiple of a period. Exact: both are counted in parts of a second. */
const secondsIn = (period: number, { numerator, denominator }: Rate, n: number): number =>
  wrapped(n * denominator, period * numerator) / numerator;

/** Whether the frame's time is in the first tenth of a second of a period. */
const flashes = (rate: Rate, n: number): boolean =>
  wrapped(n * rate.denominator, PERIOD * rate.numerator) < FLASH * rate.numerator;

const wrapped = (n: number, size: number): number => ((n % size) + size) % size;
