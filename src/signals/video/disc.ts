import { nearestWhole } from '../maths.js';
import type { Picture } from '../picture.js';
import { encodeYcc, type Levels } from './color.js';

/**
 * A disc that moves over a plain ground. A move paints only what it changes: the edge, and the two crescents that the
 * disc uncovers and covers.
 */
export class MovingDisc {
  readonly #radius: number;
  readonly #planes: readonly Plane[];

  /** The picture is already covered with `paper`. */
  constructor(picture: Picture, radius: number, ink: Levels, paper: Levels) {
    this.#radius = radius;
    const [front, back] = [ink, paper].map((levels) => encodeYcc(levels, picture.colorSpace));
    this.#planes = (['y', 'u', 'v'] as const).map((name) => {
      const size = name === 'y' ? 1 : 2;
      return {
        samples: picture[name],
        size,
        columns: picture.width / size,
        rows: picture.height / size,
        ink: nearestWhole(front[name]),
        paper: nearestWhole(back[name]),
        spans: new Int32Array((picture.height / size) * 4),
        first: 0,
        end: 0,
      };
    });
  }

  /** Paints the disc around this point, in pixels. */
  moveTo(x: number, y: number): void {
    for (const plane of this.#planes) move(plane, x / plane.size, y / plane.size, this.#radius / plane.size);
  }
}

interface Plane {
  readonly samples: Uint8Array;
  readonly size: number;
  readonly columns: number;
  readonly rows: number;
  readonly ink: number;
  readonly paper: number;
  /** Of each row: the first column of the disc, of its inside that is all ink, the end of that, the end of the disc. */
  readonly spans: Int32Array;
  /** The rows of the disc. */
  first: number;
  end: number;
}

/** Paints the disc of one plane. The lengths are in samples of the plane. */
function move(plane: Plane, x: number, y: number, radius: number): void {
  const { columns, rows, spans } = plane;
  const reach = radius + 0.5;
  const first = Math.max(0, Math.floor(y - reach));
  const end = Math.min(rows, Math.ceil(y + reach));
  for (let row = Math.min(first, plane.first), last = Math.max(end, plane.end); row < last; row++) {
    const down = row + 0.5 - y;
    let [left, from, to, right] = [0, 0, 0, 0];
    if (Math.abs(down) < reach) {
      // Each border is moved by a sample, so that the edge has all samples that are partly covered.
      const outer = Math.sqrt(reach * reach - down * down);
      left = Math.max(0, Math.floor(x - outer - 0.5));
      right = Math.min(columns, Math.ceil(x + outer + 0.5));
      const inside = (radius - 0.5) * (radius - 0.5) - down * down;
      const inner = inside > 0 ? Math.sqrt(inside) : 0;
      from = Math.min(right, Math.max(left, Math.ceil(x - inner + 0.5)));
      to = Math.min(right, Math.max(from, Math.floor(x + inner - 0.5)));
    }
    const at = 4 * row;
    const start = row * columns;
    const [oldLeft, oldFrom, oldTo, oldRight] = [spans[at], spans[at + 1], spans[at + 2], spans[at + 3]];
    fill(plane.samples, start + oldLeft, start + Math.min(oldRight, left), plane.paper);
    fill(plane.samples, start + Math.max(oldLeft, right), start + oldRight, plane.paper);
    paintEdge(plane, start, left, from, x, down, radius);
    if (oldTo > oldFrom) {
      fill(plane.samples, start + from, start + Math.min(to, oldFrom), plane.ink);
      fill(plane.samples, start + Math.max(from, oldTo), start + to, plane.ink);
    } else fill(plane.samples, start + from, start + to, plane.ink);
    paintEdge(plane, start, to, right, x, down, radius);
    spans[at] = left;
    spans[at + 1] = from;
    spans[at + 2] = to;
    spans[at + 3] = right;
  }
  plane.first = first;
  plane.end = end;
}

function paintEdge(
  { samples, ink, paper }: Plane,
  start: number,
  from: number,
  to: number,
  x: number,
  down: number,
  radius: number,
): void {
  for (let column = from; column < to; column++) {
    const across = column + 0.5 - x;
    // The coverage of a sample at the edge, approximated from its distance.
    const share = radius - Math.sqrt(across * across + down * down) + 0.5;
    const level = share >= 1 ? ink : share <= 0 ? paper : nearestWhole(paper + (ink - paper) * share);
    samples[start + column] = level;
  }
}

/** A few samples are faster in a loop than by a call of the engine's own function. */
function fill(samples: Uint8Array, from: number, to: number, level: number): void {
  if (to - from > 24) samples.fill(level, from, to);
  else for (let i = from; i < to; i++) samples[i] = level;
}
