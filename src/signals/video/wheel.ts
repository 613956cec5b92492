import { angleOf, exp2, fractionOf, nearestWhole } from '../maths.js';
import { rateValue } from '../rate.js';
import { createMixture, radiusIn } from './mixture.js';
import type { Pattern, PatternDescription, PatternRenderer } from './pattern.js';

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
const OUTSIDE = PHASES * SOFT;

function wheel(description: PatternDescription, blades: number, rotation: number, radius: number): PatternRenderer {
  const { width, height, frameRate, speed } = description;
  const { picture, plane, level, finish } = createMixture(description);
  const radiusAt = radiusIn(description);
  // For each pixel where it stands in its pair of sectors, and how much of a pair it takes up: from that comes how soft
  // an edge is to be. A frame is a lookup for each pixel in a table that has been turned.
  const map = new Uint16Array(width * height);
  const rim: (readonly [at: number, share: number])[] = [];
  const fineness = Array.from({ length: SOFT }, (_, i) => exp2(-i / 2));
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const r = radiusAt(column, row);
      const share = radius + 0.5 - r;
      map[i] = OUTSIDE;
      if (share <= 0) continue;
      if (share < 1) rim.push([i, share]);
      const pairs = blades / (r * 6.283185307179586);
      let soft = 0;
      while (soft < SOFT - 1 && fineness[soft] > pairs) soft++;
      const phase = fractionOf(angleOf(row + 0.5 - height / 2, column + 0.5 - width / 2) * blades);
      map[i] = soft * PHASES + (nearestWhole(phase * PHASES) % PHASES);
    }
  }
  // Twice round, so that the turned table is a piece of it.
  const rounds = fineness.map((pairs, soft) =>
    Uint8Array.from({ length: 2 * PHASES }, (_, i) => {
      // How far inside of a sector, in pairs: the first has its middle at 0, so that the wheel is the same from all sides.
      const inside = Math.abs(fractionOf(i / PHASES) - 0.5) - 0.25;
      return level(soft ? Math.max(0, Math.min(1, 0.5 + inside / pairs)) : 0.5);
    }),
  );
  const dark = level(0);
  const table = new Uint8Array(OUTSIDE + 1).fill(dark);
  return {
    picture,
    key: (n) => (rotation ? n * speed : 0),
    render(n) {
      const turned = rotation ? fractionOf(((n * speed) / rateValue(frameRate)) * -rotation * blades) : 0;
      const start = nearestWhole(turned * PHASES);
      rounds.forEach((round, soft) => {
        table.set(round.subarray(start, start + PHASES), soft * PHASES);
      });
      look(map, table, plane);
      for (const [at, share] of rim) plane[at] = nearestWhole(dark + (plane[at] - dark) * share);
      finish();
    },
  };
}

/** On its own, so that engines compile it well. */
function look(map: Uint16Array, table: Uint8Array, plane: Uint8Array): void {
  for (let i = 0; i < map.length; i++) plane[i] = table[map[i]];
}
