import { fractionOf, modulo, sine } from '../maths.js';
import type { ParamValues } from '../params.js';
import { layPicture } from './lay-picture.js';
import { createMixture } from './mixture.js';
import type { CompletePatternDescription, Pattern } from './pattern.js';
import type { Slices } from './slices.js';

const coefficient = { type: 'number', default: 0, min: -1e6, max: 1e6 } as const;
const square = { type: 'number', min: -1e6, max: 1e6 } as const;

const params = {
  k0: coefficient,
  kx: coefficient,
  ky: coefficient,
  kt: coefficient,
  kxt: coefficient,
  kyt: coefficient,
  kxy: coefficient,
  kx2: square,
  ky2: square,
  kt2: coefficient,
} as const;

/**
 * A sine of any quadratic function of place and time (BBC Research Department report 1978/23), its coefficients in
 * 256ths of a turn: `k0 + kx·x + ky·y + kt·t + kxt·x·t + kyt·y·t + kxy·x·y/(w/2) + kx2·x²/w + ky2·y²/h + kt2·t²/2`,
 * where x and y are pixels from the middle and t counts frames.
 */
export const zonePlate: Pattern<typeof params> = {
  name: 'zone-plate',
  params,
  *prepare(description, given) {
    const { width, height } = description;
    const { picture, luma, hued, encodeShare, chroma } = yield* createMixture(description);
    const codes = yield* tableOf(new Uint32Array(SINES), (wave) => encodeShare(0.5 + 0.5 * wave));
    const bytes = Uint8Array.from(codes);
    const plate = createPlate(description, given, width, height, 1);
    return {
      picture,
      key: plate.key,
      render(n) {
        const phases = plate.at(n);
        if (!hued) paintPlane(phases, picture.y, bytes);
        else
          for (let row = 0; row < height; row += 2) {
            paintRows(phases, luma, picture.u, picture.v, codes, chroma, row);
          }
      },
    };
  },
};

/**
 * The zone plate in both colour differences on 50 % grey, with an amplitude that RGB can show in either colour space.
 */
export const chromaZonePlate: Pattern<typeof params> = {
  name: 'chroma-zone-plate',
  params,
  *prepare(description, given) {
    const picture = yield* layPicture(description.width, description.height, description.colorSpace);
    picture.y.fill(126);
    const table = yield* tableOf(new Uint8Array(SINES), (wave) => 128.5 + 60 * wave);
    const plate = createPlate(description, given, description.width / 2, description.height / 2, 2);
    return {
      picture,
      key: plate.key,
      render(n) {
        paintPlane(plate.at(n), picture.u, table);
        picture.v.set(picture.u);
      },
    };
  },
};

const BITS = 12;
const SINES = 2 ** BITS;
const TURN = 2 ** 32;

/** Fills a table of values for one turn of a sine, in slices. */
function* tableOf<T extends Uint8Array | Uint32Array>(table: T, sampleOf: (wave: number) => number): Slices<T> {
  for (let i = 0; i < SINES; i++) {
    table[i] = sampleOf(sine(i / SINES));
    if (i % 256 === 0) yield;
  }
  return table;
}

/**
 * Phases as 32-bit integers that overflow with every turn. The phase of a sample is that of its column plus that of its
 * row, plus the row's slope times the column.
 */
interface Phases {
  readonly across: Int32Array;
  readonly down: Int32Array;
  readonly slopes: Int32Array;
  /** Two rows whose numbers add up to this have the same picture if their phases are equal. */
  readonly mirror: number;
}

/** The phases of a plane of `columns` by `rows` samples, each a square of `step` pixels. */
function createPlate(
  { width, height, speed }: CompletePatternDescription,
  given: ParamValues<typeof params>,
  columns: number,
  rows: number,
  step: number,
) {
  const { k0, kx, ky, kt, kxt, kyt, kxy, kt2 } = given;
  const plain = !given.kx2 && !given.ky2 && given.kx2 === given.ky2 && !(kx || ky || kxt || kyt || kxy);
  // Without coefficients of place: circles that reach the sampling limit at the far sides.
  const finest = plain && given.kx2 === undefined ? 128 / step / Math.max(width, height) : 0;
  const { kx2 = finest * width, ky2 = finest * height } = given;
  const moves = speed !== 0 && (kt || kxt || kyt || kt2) !== 0;
  const across = new Int32Array(columns);
  const down = new Int32Array(rows);
  const slopes = new Int32Array(rows);
  // Pixels are counted from the one right of and below the middle; larger squares by their centres.
  const place = (i: number, size: number) => i * step - size / 2 + step - 1;
  return {
    key: (n: number): number => (moves ? n * speed : 0),
    at(n: number): Phases {
      const t = moves ? n * speed : 0;
      // The square of a frame number since 1970 would exceed the precision of numbers, so this wraps around after days.
      const late = modulo(t, 0x1000000);
      for (let i = 0; i < columns; i++) {
        const x = place(i, width);
        across[i] = turns(kx * x + fractionOf((kxt * t) / 256) * 256 * x + (kx2 * x * x) / width);
      }
      for (let j = 0; j < rows; j++) {
        const y = place(j, height);
        const still = k0 + ky * y + (ky2 * y * y) / height + fractionOf((kyt * t) / 256) * 256 * y;
        const slope = (2 * kxy * y) / width;
        slopes[j] = turns(slope * step);
        // Half a step of the table is added, so that the lookup rounds instead of truncating.
        down[j] = turns(
          still + fractionOf((kt * t) / 256) * 256 + (kt2 * late * late) / 2 + slope * place(0, width) + 128 / SINES,
        );
      }
      // See `place`: for pixels the rows mirror about a row, for larger squares about an edge.
      return { across, down, slopes, mirror: rows + 1 - step };
    },
  };
}

/** 256ths of a turn as a 32-bit number that overflows with every turn. */
const turns = (phase: number): number => (fractionOf(phase / 256) * TURN) | 0;

function paintPlane({ across, down, slopes, mirror }: Phases, plane: Uint8Array, table: Uint8Array): void {
  const columns = across.length;
  for (let row = 0; row < down.length; row++) {
    // The rows above and below the middle are often equal.
    const like = mirror - row;
    if (like < row && down[like] === down[row] && !(slopes[like] || slopes[row])) {
      plane.copyWithin(row * columns, like * columns, (like + 1) * columns);
    } else {
      paintRow(plane, row * columns, table, across, down[row], slopes[row]);
    }
  }
}

/** A small function that is called per row is optimised well by the engines. */
function paintRow(
  plane: Uint8Array,
  from: number,
  table: Uint8Array,
  across: Int32Array,
  start: number,
  slope: number,
): void {
  let phase = start | 0;
  for (let i = 0; i < across.length; i++) {
    plane[from + i] = table[(across[i] + phase) >>> (32 - BITS)];
    phase = (phase + slope) | 0;
  }
}

/** Paints two rows in two colours, two pixels at a time. */
function paintRows(
  { across, down, slopes }: Phases,
  luma: Uint16Array,
  u: Uint8Array,
  v: Uint8Array,
  codes: Uint32Array,
  chroma: Uint16Array,
  row: number,
): void {
  const half = across.length / 2;
  const [slope, slant] = [slopes[row], slopes[row + 1]];
  let top = down[row];
  let bottom = down[row + 1];
  for (let i = row * half, out = i / 2, x = 0; x < across.length; i++, out++, x += 2) {
    const left = across[x];
    const right = across[x + 1];
    const a = codes[(left + top) >>> (32 - BITS)];
    const c = codes[(left + bottom) >>> (32 - BITS)];
    const b = codes[(right + top + slope) >>> (32 - BITS)];
    const d = codes[(right + bottom + slant) >>> (32 - BITS)];
    top = (top + 2 * slope) | 0;
    bottom = (bottom + 2 * slant) | 0;
    luma[i] = (a & 255) | ((b & 255) << 8);
    luma[i + half] = (c & 255) | ((d & 255) << 8);
    const pair = chroma[(a + b + c + d) >>> 16];
    u[out] = pair;
    v[out] = pair >>> 8;
  }
}
