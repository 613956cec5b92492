import { angleOf, exp2, fractionOf, nearestWhole } from '../maths.js';
import { rateValue } from '../rate.js';
import { createMixture } from './mixture.js';
import type { CompletePatternDescription, Pattern, PatternRenderer } from './pattern.js';

const blades = { type: 'number', default: 18, min: 1, max: 360, whole: true } as const;
const rotation = { type: 'number', default: 0, min: -1000, max: 1000, unit: 'turns/s' } as const;

const pinwheelParams = { blades, rotation: { ...rotation, default: 0.05 } } as const;

/** Sectors in `color` (white) and `background` (black) around the middle, turning. */
export const pinwheel: Pattern<typeof pinwheelParams> = {
  name: 'pinwheel',
  params: pinwheelParams,
  prepare: (description, { blades, rotation }) => wheel(description, blades, rotation, Number.POSITIVE_INFINITY),
};

const spokesParams = { spokes: { ...blades, default: 36 }, rotation } as const;

/** A Siemens star: spokes and gaps of the same angle, as fine as the pixels towards the middle. */
export const spokes: Pattern<typeof spokesParams> = {
  name: 'spokes',
  params: spokesParams,
  prepare: (description, { spokes, rotation }) =>
    wheel(description, spokes, rotation, Math.min(description.width, description.height) * 0.475),
};

const PHASES = 1024;
const SOFT = 16;
const RIM = 16;
const OUTSIDE = PHASES * (SOFT + RIM);

function wheel(
  description: CompletePatternDescription,
  blades: number,
  rotation: number,
  radius: number,
): PatternRenderer {
  const { width, height, frameRate, speed } = description;
  const { picture, luma, code, chroma } = createMixture(description);
  // For each pixel where it stands in its pair of sectors, and how much of a pair it takes up: from that comes how soft
  // an edge is to be. A frame is a lookup for each pixel in a table that has been turned.
  const map = new Uint16Array(width * height).fill(OUTSIDE);
  const fineness = Array.from({ length: SOFT }, (_, i) => exp2(-i / 2));
  const turnsTo = angles();
  // The other three quarters mirror this one; half a turn more is half a pair more where there is an odd number of them.
  const opposite = ((blades % 2) * PHASES) / 2;
  for (let y = 0; y < height / 2; y++) {
    for (let x = 0, soft = 0; x < width / 2; x++) {
      const r = Math.sqrt((x + 0.5) * (x + 0.5) + (y + 0.5) * (y + 0.5));
      const share = radius + 0.5 - r;
      if (share <= 0) break;
      const pairs = blades / (r * 6.283185307179586);
      while (soft > 0 && fineness[soft - 1] <= pairs) soft--;
      while (soft < SOFT - 1 && fineness[soft] > pairs) soft++;
      const phase = nearestWhole(turnsTo(x + 0.5, y + 0.5) * blades * PHASES);
      const [left, right] = [width / 2 - 1 - x, width / 2 + x];
      const [above, below] = [height / 2 - 1 - y, height / 2 + y].map((row) => row * width);
      const base = (share < 1 ? SOFT + Math.floor(share * RIM) : soft) * PHASES;
      map[below + right] = base + (phase % PHASES);
      map[below + left] = base + ((opposite - phase) & (PHASES - 1));
      map[above + right] = base + (-phase & (PHASES - 1));
      map[above + left] = base + ((opposite + phase) & (PHASES - 1));
    }
  }
  // Twice round, so that the turned table is a piece of it.
  const round = (pairs: number, most: number) =>
    Uint32Array.from({ length: 2 * PHASES }, (_, i) => {
      // How far inside of a sector, in pairs: the first has its middle at 0, so that the wheel is the same from all sides.
      const inside = Math.abs(fractionOf(i / PHASES) - 0.5) - 0.25;
      return code(most * (pairs < 1 ? Math.max(0, Math.min(1, 0.5 + inside / pairs)) : 0.5));
    });
  const rounds = fineness.map((pairs) => round(pairs, 1));
  for (let i = 0; radius < width + height && i < RIM; i++) {
    rounds.push(round(blades / (radius * 6.283185307179586), (i + 0.5) / RIM));
  }
  const table = new Uint32Array(OUTSIDE + 1).fill(code(0));
  const two = new Uint32Array(map.buffer);
  return {
    picture,
    key: (n) => (rotation ? n * speed : 0),
    render(n) {
      const turned = rotation ? fractionOf(((n * speed) / rateValue(frameRate)) * -rotation * blades) : 0;
      const start = nearestWhole(turned * PHASES);
      rounds.forEach((each, i) => {
        table.set(each.subarray(start, start + PHASES), i * PHASES);
      });
      for (let row = 0; row < height; row += 2) look(two, table, luma, picture.u, picture.v, chroma, row, width / 2);
    },
  };
}

/** The direction of a point right of the origin and below it, in turns: from a table, as many are asked for. */
function angles(): (x: number, y: number) => number {
  const steps = 4096;
  const table = Float64Array.from({ length: steps + 2 }, (_, i) => angleOf(i, steps));
  return (x, y) => {
    const place = (Math.min(x, y) / Math.max(x, y)) * steps;
    const i = Math.floor(place);
    const turns = table[i] + (table[i + 1] - table[i]) * (place - i);
    return y > x ? 0.25 - turns : turns;
  };
}

/** Two rows, two pixels at a time. On its own, and called for each row, engines compile it well. */
function look(
  map: Uint32Array,
  table: Uint32Array,
  luma: Uint16Array,
  u: Uint8Array,
  v: Uint8Array,
  chroma: Uint16Array,
  row: number,
  across: number,
): void {
  for (let i = row * across, out = i / 2, end = i + across; i < end; i++, out++) {
    const top = map[i];
    const bottom = map[i + across];
    const a = table[top & 65535];
    const b = table[top >>> 16];
    const c = table[bottom & 65535];
    const d = table[bottom >>> 16];
    luma[i] = (a & 255) | ((b & 255) << 8);
    luma[i + across] = (c & 255) | ((d & 255) << 8);
    const pair = chroma[(a + b + c + d) >>> 16];
    u[out] = pair;
    v[out] = pair >>> 8;
  }
}
