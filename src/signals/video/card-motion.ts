import { fractionOf, modulo, nearestWhole, sine } from '../maths.js';
import { framesPerSecond, type Rate } from '../rate.js';
import { greyLevels } from './bars.js';
import type { Grid } from './card-ground.js';
import { ChangingText, DIGITS } from './changing-text.js';
import type { Painter } from './painter.js';
import type { CompletePatternDescription, PatternRenderer } from './pattern.js';
import type { Slices } from './slices.js';
import { timeInPeriod } from './time.js';
import { timecodeAt } from './timecode.js';

const white = greyLevels(1);
const faint = greyLevels(0.5);

/** The flash has the period of the waveform `av-sync`, so that the two can be compared. */
const PERIOD_S = 2;
const FLASH_S = 0.1;

/**
 * Adds the moving parts to a card that has been painted. `still` receives a copy of the card without them, from which
 * their places are restored in each frame.
 */
export function* cardMotion(
  painter: Painter,
  still: Painter,
  grid: Grid,
  { frameRate, speed, dropFrame }: CompletePatternDescription,
): Slices<PatternRenderer> {
  // Throws for a frame rate that has no drop-frame time code, before anything is drawn.
  timecodeAt(0, frameRate, dropFrame);
  const timecode = (n: number) => timecodeAt(n, frameRate, dropFrame);
  const pieces = [dial, marker, ruler];
  for (const { face } of pieces) {
    face(painter, grid, frameRate);
    yield;
  }
  const texts = [
    yield* written(painter, still, grid, -4.9, 'FRAME', countOf),
    yield* written(painter, still, grid, 4.9, 'TIME', timecode),
  ];
  const { picture } = painter;
  still.cover(picture);
  painter.remember();
  const key = (n: number) => Math.floor(n * speed);
  return {
    picture,
    key,
    render(n) {
      painter.erase(still.picture);
      for (const { move } of pieces) move(painter, grid, key(n), frameRate);
      for (const write of texts) write(key(n));
    },
  };
}

/** One moving part of the card. */
interface Piece {
  /** Draws the parts that do not move. */
  face(painter: Painter, grid: Grid, rate: Rate): void;
  /** Draws the parts that depend on the frame number. */
  move(painter: Painter, grid: Grid, n: number, rate: Rate): void;
}

/** A hand that advances by one mark per frame and one turn per second, with the flash behind it. */
const dial: Piece = {
  face(painter, grid, rate) {
    const marks = marksOf(rate);
    for (let i = 0; i < marks; i++) {
      const long = i % 5 === 0;
      spoke(painter, grid, i / marks, long ? 1.9 : 2, 2.18, long ? 0.07 : 0.04, long ? white : faint);
    }
    painter.ring(grid.x(0), grid.y(0), 1.72 * grid.square, Math.max(1, 0.03 * grid.square), faint);
  },
  move(painter, grid, n, rate) {
    const [x, y] = [grid.x(0), grid.y(0)];
    const lit = flashes(rate, n);
    if (lit) painter.disc(x, y, 1.72 * grid.square, white);
    const ink = greyLevels(lit ? 0 : 1);
    const marks = marksOf(rate);
    spoke(painter, grid, modulo(n, marks) / marks, -0.35, 1.55, 0.09, ink);
    painter.disc(x, y, 0.16 * grid.square, ink);
  },
};

const countOf = (n: number): string => `${modulo(n, 1e8)}`.padStart(8, '0');

/** Draws the name of a text. Returns a function that writes the text of a frame. */
function* written(
  painter: Painter,
  still: Painter,
  grid: Grid,
  place: number,
  name: string,
  textAt: (n: number) => string,
): Slices<(n: number) => void> {
  const { length } = textAt(0);
  painter.text(grid.x(place), grid.y(-0.6), name, 0.05 * grid.square, faint);
  const unit = 0.066 * grid.square;
  const text = new ChangingText(painter, still.picture, grid.x(place), grid.y(0.15), length, unit, white);
  yield* text.learn(DIGITS);
  return (n) => text.write(textAt(n));
}

/** A disc that moves back and forth at constant speed: it makes judder visible. */
const marker: Piece = {
  face(painter, grid) {
    for (let i = -6; i <= 6; i++) {
      const [x, y] = [grid.x(i), grid.y(2.85)];
      painter.disc(x, y, Math.max(0.7, 0.04 * grid.square), faint);
    }
  },
  move(painter, grid, n, rate) {
    const turn = secondsIn(4, rate, n) / 4;
    const place = (2 * Math.abs(2 * fractionOf(turn + 0.25) - 1) - 1) * 6;
    painter.disc(grid.x(0) + place * grid.square, grid.y(2.85), 0.22 * grid.square, white);
  },
};

/**
 * A pointer on a scale from −1 s to +1 s, in the middle at the flash: its place when the beep is heard is the error of
 * lip sync.
 */
const ruler: Piece = {
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
  move(painter, grid, n, rate) {
    const seconds = secondsIn(PERIOD_S, rate, n);
    const x = grid.x(0) + (seconds < PERIOD_S / 2 ? seconds : seconds - PERIOD_S) * 4.3 * grid.square;
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

/** The number of marks on the dial: one per frame, at most 120. */
const marksOf = (rate: Rate): number => Math.max(1, Math.min(120, nearestWhole(framesPerSecond(rate))));

/** Seconds since the last multiple of a period. `n` already includes the speed. */
const secondsIn = (period: number, frameRate: Rate, n: number): number =>
  timeInPeriod(period, n, { frameRate, speed: 1 });

/** Whether the flash is on: in the first 100 ms of each period. */
const flashes = (rate: Rate, n: number): boolean => secondsIn(PERIOD_S, rate, n) < FLASH_S;
