import { checkValue } from '../checks.js';
import { modulo, nearestWhole } from '../maths.js';
import { random32 } from '../random.js';
import { black, rgbToYcc, white } from './color.js';
import { layPicture } from './lay-picture.js';
import type { Pattern } from './pattern.js';
import { finish, type Slices } from './slices.js';

const params = {
  size: { type: 'number', default: 4, min: 1, max: 1024, whole: true, unit: 'px' },
  rule: { type: 'text', default: 'B3/S23' },
  restart: { type: 'number', default: 300, min: 1, max: 1000, whole: true },
} as const;

/**
 * Conway's game of life on a torus, one generation per frame: cells in `color` (white) on `background` (black). It
 * restarts with random cells every `restart` generations, so no frame needs more than that many generations before it.
 */
export const life: Pattern<typeof params> = {
  name: 'life',
  params,
  *prepare(description, { size, rule, restart }) {
    const { width, height, colorSpace, color = white, background = black, seed, speed } = description;
    const picture = yield* layPicture(width, height, colorSpace);
    const [front, back] = [color, background].map((rgb) => rgbToYcc(rgb, picture.colorSpace));
    const cells = createCells(Math.ceil(width / size), Math.ceil(height / size), readRule(rule));
    const key = (n: number) => Math.floor(n * speed);
    let [era, age] = [Number.NaN, 0];
    // Lookup tables by four bits of life: the luma of four pixels in a row, and the chroma of two pixels in two rows.
    const sixteen = Array.from({ length: 16 }, (_, bits) => [1, 2, 4, 8].map((bit) => Number((bits & bit) > 0)));
    const fours = new Uint32Array(Uint8Array.from(sixteen.flat(), (lit) => (lit ? front.y : back.y)).buffer);
    const [us, vs] = (['u', 'v'] as const).map((plane) =>
      Uint8Array.from(sixteen, ([a, b, c, d]) =>
        nearestWhole(back[plane] + ((front[plane] - back[plane]) * (a + b + c + d)) / 4),
      ),
    );
    const plain = front.u === back.u && front.v === back.v;
    picture.u.fill(back.u);
    picture.v.fill(back.v);
    const words = new Uint32Array(Math.ceil(width / 4));
    const luma = new Uint8Array(words.buffer, 0, width);
    /** Two rows of pixels as bits: whether the cell at that pixel is alive. */
    const pairs = [0, 1].map(() => new Int32Array(Math.ceil(width / 32)));

    const paintChroma = (start: number) => {
      const [top, bottom] = pairs;
      for (let x = 0; x < width / 2; x++) {
        const shift = 2 * (x & 15);
        const bits = ((top[x >> 4] >>> shift) & 3) | (((bottom[x >> 4] >>> shift) & 3) << 2);
        picture.u[start + x] = us[bits];
        picture.v[start + x] = vs[bits];
      }
    };

    const growing = function* (n: number): Slices {
      const wanted = modulo(key(n), restart);
      const current = Math.floor(key(n) / restart);
      if (era !== current || age > wanted) {
        cells.seed((index) => random32(seed, current * cells.words + index));
        [era, age] = [current, 0];
      }
      for (; age < wanted; age++) {
        yield;
        cells.step();
      }
    };

    return {
      picture,
      key,
      catchUp: growing,
      render(n) {
        finish(growing(n));
        for (let row = 0; row < height; row++) {
          const bits = pairs[row % 2];
          const fresh = row % size === 0;
          if (fresh) cells.expandRow(Math.floor(row / size), size, bits);
          else bits.set(pairs[1 - (row % 2)]);
          if (fresh) for (let i = 0; i < words.length; i++) words[i] = fours[(bits[i >> 3] >>> (4 * (i & 7))) & 15];
          picture.y.set(luma, row * width);
          if (plain || row % 2 === 0) continue;
          const start = ((row - 1) * width) / 4;
          if (row % size > 2) {
            picture.u.copyWithin(start, start - width / 2, start);
            picture.v.copyWithin(start, start - width / 2, start);
          } else paintChroma(start);
        }
      },
    };
  },
};

/** The rule for a cell whose 3 × 3 neighbourhood, itself included, has `sum` living cells. */
interface Fate {
  readonly sum: number;
  /** 1: a dead cell is born. 2: a living cell survives. 3: both. */
  readonly fate: number;
}

function readRule(rule: string): readonly Fate[] {
  const [, born = '', survives = ''] = /^b([0-8]*)\/s([0-8]*)$/i.exec(rule) ?? [];
  const accepted = 'a rule such as "B3/S23": a cell is born with 3 neighbours and survives with 2 or 3';
  checkValue(born + survives !== '', 'params.rule', rule, accepted);
  return Array.from({ length: 10 }, (_, sum) => ({
    sum,
    fate: Number(born.includes(`${sum}`)) + 2 * Number(survives.includes(`${sum - 1}`)),
  })).filter(({ fate }) => fate);
}

/** The cells as bits, 32 per word, row by row. Opposite edges are connected. */
function createCells(columns: number, rows: number, rule: readonly Fate[]) {
  const across = Math.ceil(columns / 32);
  const words = across * rows;
  // The bits of a row's last word that are cells.
  const spare = across * 32 - columns;
  const rest = -1 >>> spare;
  const now = new Int32Array(words);
  // How many of a cell and its two neighbours in the row are alive, as a two-bit number in two planes.
  const ones = new Int32Array(words);
  const twos = new Int32Array(words);

  return {
    words,
    seed(random: (index: number) => number) {
      for (let i = 0; i < words; i++) now[i] = random(i) & (i % across === across - 1 ? rest : -1);
    },
    step() {
      for (let start = 0; start < words; start += across) {
        const last = start + across - 1;
        for (let i = start; i <= last; i++) {
          const middle = now[i];
          const before = i === start ? now[last] >>> (31 - spare) : now[i - 1] >>> 31;
          const after = i === last ? (now[start] & 1) << (31 - spare) : now[i + 1] << 31;
          const left = (middle << 1) | before;
          const right = (middle >>> 1) | after;
          ones[i] = left ^ middle ^ right;
          twos[i] = (left & middle) | (right & (left ^ middle));
        }
      }
      for (let row = 0; row < rows; row++) {
        const start = row * across;
        const above = ((row + rows - 1) % rows) * across;
        const below = ((row + 1) % rows) * across;
        for (let i = 0; i < across; i++) {
          const a1 = ones[above + i];
          const a2 = twos[above + i];
          const b1 = ones[start + i];
          const b2 = twos[start + i];
          const c1 = ones[below + i];
          const c2 = twos[below + i];
          // A bit-parallel adder: the three two-bit sums of three rows make one four-bit sum.
          const bit0 = a1 ^ b1 ^ c1;
          const carry = (a1 & b1) | (c1 & (a1 ^ b1));
          const pairs = a2 ^ b2 ^ c2;
          const fours = (a2 & b2) | (c2 & (a2 ^ b2));
          const bit1 = pairs ^ carry;
          const more = pairs & carry;
          const bit2 = fours ^ more;
          const bit3 = fours & more;
          const alive = now[start + i];
          let next = 0;
          for (const { sum, fate } of rule) {
            const low = (sum & 1 ? bit0 : ~bit0) & (sum & 2 ? bit1 : ~bit1);
            const such = low & (sum & 4 ? bit2 : ~bit2) & (sum & 8 ? bit3 : ~bit3);
            next |= such & (fate === 3 ? -1 : fate === 2 ? alive : ~alive);
          }
          now[start + i] = i === across - 1 ? next & rest : next;
        }
      }
    },
    /** Writes a row of cells as bits of pixels, `size` pixels per cell. */
    expandRow(row: number, size: number, bits: Int32Array) {
      const start = row * across;
      if (size === 1) bits.set(now.subarray(start, start + across));
      else {
        bits.fill(0);
        for (let column = 0, x = 0; column < columns; column++) {
          const lit = (now[start + (column >> 5)] >>> (column & 31)) & 1;
          for (const end = Math.min(x + size, bits.length * 32); x < end; x++) bits[x >> 5] |= lit << (x & 31);
        }
      }
    },
  };
}
