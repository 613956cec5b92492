import { angleOf, exp2, fractionOf, nearestWhole } from '../maths.js';
import { framesPerSecond } from '../rate.js';
import { createMixture } from './mixture.js';
import type { CompletePatternDescription, Pattern, PatternRenderer } from './pattern.js';
import { fillInSlices, finish, type Slices } from './slices.js';

const blades = { type: 'number', default: 18, min: 1, max: 360, whole: true } as const;
const rotation = { type: 'number', default: 0, min: -1000, max: 1000, unit: 'turns/s' } as const;

const pinwheelParams = { blades, rotation: { ...rotation, default: 0.05 } } as const;

/** Rotating sectors in `color` (white) and `background` (black) around the middle. */
export const pinwheel: Pattern<typeof pinwheelParams> = {
  name: 'pinwheel',
  params: pinwheelParams,
  prepare: (description, { blades, rotation }) => wheel(description, blades, rotation, Number.POSITIVE_INFINITY),
};

const spokesParams = { spokes: { ...blades, default: 36 }, rotation } as const;

/** A Siemens star: spokes and gaps of equal angle, which get finer towards the middle. */
export const spokes: Pattern<typeof spokesParams> = {
  name: 'spokes',
  params: spokesParams,
  prepare: (description, { spokes, rotation }) =>
    wheel(description, spokes, rotation, Math.min(description.width, description.height) * 0.475),
};

/** Steps of the angle within a pair of sectors. */
const PHASES = 1024;
/** Levels of the softness of an edge, and of the coverage at the outer rim. */
const SOFT = 16;
const RIM = 16;
const OUTSIDE = PHASES * (SOFT + RIM);

function* wheel(
  description: CompletePatternDescription,
  blades: number,
  rotation: number,
  radius: number,
): Slices<PatternRenderer> {
  const { width, height, frameRate, speed } = description;
  const { picture, luma, encodeShare, chroma } = yield* createMixture(description);
  // For each pixel: its phase within a pair of sectors, and how much of a pair it covers, which sets the softness of
  // edges. A frame is one lookup per pixel in a table that is shifted by the rotation.
  const map = new Uint16Array(width * height);
  yield* fillInSlices(map, OUTSIDE);
  const fineness = Array.from({ length: SOFT }, (_, i) => exp2(-i / 2));
  const angles = yield* createAngleTable();
  // One quarter is computed and mirrored. With an odd number of blades, half a turn is an extra half pair.
  const opposite = ((blades % 2) * PHASES) / 2;
  for (let y = 0; y < height / 2; y++) {
    mapRow(map, width, height, y, radius, blades, opposite, fineness, angles);
    yield;
  }
  const rounds: Uint32Array[] = [];
  for (const pairs of fineness) {
    rounds.push(sectors(pairs, 1, encodeShare));
    yield;
  }
  for (let i = 0; radius < width + height && i < RIM; i++) {
    rounds.push(sectors(blades / (radius * 6.283185307179586), (i + 0.5) / RIM, encodeShare));
    yield;
  }
  const table = new Uint32Array(OUTSIDE + 1).fill(encodeShare(0));
  const two = new Uint32Array(map.buffer);
  const painting = function* (n: number): Slices {
    const turned = rotation ? fractionOf(((n * speed) / framesPerSecond(frameRate)) * -rotation * blades) : 0;
    const start = nearestWhole(turned * PHASES);
    rounds.forEach((each, i) => {
      table.set(each.subarray(start, start + PHASES), i * PHASES);
    });
    for (let row = 0; row < height; row += 2) {
      paintTwoRows(two, table, luma, picture.u, picture.v, chroma, row, width / 2);
      yield;
    }
  };
  return {
    picture,
    key: (n) => (rotation ? n * speed : 0),
    catchUp: painting,
    render: (n) => finish(painting(n)),
  };
}

/** Maps a row of the lower right quarter, and mirrors it into the others. */
function mapRow(
  map: Uint16Array,
  width: number,
  height: number,
  y: number,
  radius: number,
  blades: number,
  opposite: number,
  fineness: readonly number[],
  angles: Float64Array,
): void {
  const [above, below] = [(height / 2 - 1 - y) * width, (height / 2 + y) * width];
  for (let x = 0, soft = 0; x < width / 2; x++) {
    const r = Math.sqrt((x + 0.5) * (x + 0.5) + (y + 0.5) * (y + 0.5));
    const share = radius + 0.5 - r;
    if (share <= 0) break;
    const pairs = blades / (r * 6.283185307179586);
    while (soft > 0 && fineness[soft - 1] <= pairs) soft--;
    while (soft < SOFT - 1 && fineness[soft] > pairs) soft++;
    const phase = nearestWhole(turnsTo(angles, x + 0.5, y + 0.5) * blades * PHASES);
    const [left, right] = [width / 2 - 1 - x, width / 2 + x];
    const base = (share < 1 ? SOFT + Math.floor(share * RIM) : soft) * PHASES;
    map[below + right] = base + (phase % PHASES);
    map[below + left] = base + ((opposite - phase) & (PHASES - 1));
    map[above + right] = base + (-phase & (PHASES - 1));
    map[above + left] = base + ((opposite + phase) & (PHASES - 1));
  }
}

/** The codes of two periods of the sectors, so that the shifted table is one part of it. */
function sectors(pairs: number, most: number, encodeShare: (share: number) => number): Uint32Array {
  const table = new Uint32Array(2 * PHASES);
  for (let i = 0; i < PHASES; i++) {
    // The distance inside a sector, in pairs. The first sector is centred at 0, so the wheel is symmetric.
    const inside = Math.abs(i / PHASES - 0.5) - 0.25;
    table[i] = encodeShare(most * (pairs < 1 ? Math.max(0, Math.min(1, 0.5 + inside / pairs)) : 0.5));
  }
  table.copyWithin(PHASES, 0, PHASES);
  return table;
}

/** The table of {@link turnsTo}: the angles whose tangents are multiples of 1 / `ANGLES`. */
function* createAngleTable(): Slices<Float64Array> {
  const table = new Float64Array(ANGLES + 2);
  for (let i = 0; i < table.length; i++) {
    table[i] = angleOf(i, ANGLES);
    if (i % 64 === 0) yield;
  }
  return table;
}

const ANGLES = 4096;

/** A fast `angleOf` for points right of and below the origin: interpolates a table. */
function turnsTo(table: Float64Array, x: number, y: number): number {
  const place = (Math.min(x, y) / Math.max(x, y)) * ANGLES;
  const i = Math.floor(place);
  const turns = table[i] + (table[i + 1] - table[i]) * (place - i);
  return y > x ? 0.25 - turns : turns;
}

/** Paints two rows, two pixels at a time. A small function that is called per row is optimised well by the engines. */
function paintTwoRows(
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
