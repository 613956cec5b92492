import type { PlanarPicture, Steps } from './picture-quality.js';

/** How the numbers of a picture become colours. */
export interface ColorCoding {
  readonly matrix: 'bt601' | 'bt709';
  /** Whether the samples have the full range of 0 to 255, and not 16 to 235. */
  readonly isFullRange: boolean;
}

/**
 * Says which colour matrix or range was mistaken for another one; `null` if the colours are right, or cannot tell.
 *
 * Places where the reference is even are compared as red, green and blue: what is shown of the received picture with what
 * would be shown of the reference if its numbers were taken for those of another coding, and the reverse.
 *
 * @param coding The coding of the received picture, as it is shown.
 * @param referenceCoding The coding of the reference.
 */
export function* findColorFault(
  received: PlanarPicture,
  coding: ColorCoding,
  reference: PlanarPicture,
  referenceCoding: ColorCoding,
): Steps<string | null> {
  const places = yield* evenPlaces(reference);
  const colored = places.filter((place) => isColored(reference, place));
  // In a picture that is mostly grey a wrong matrix is lost in the mean.
  for (const chosen of colored.length < places.length / 2 ? [places, colored] : [places]) {
    const fault = yield* faultAt(chosen, received, coding, reference, referenceCoding);
    if (fault) return sentenceOf(fault);
  }
  return null;
}

function* faultAt(
  places: Places,
  received: PlanarPicture,
  coding: ColorCoding,
  reference: PlanarPicture,
  referenceCoding: ColorCoding,
): Steps<Explanation | null> {
  if (places.length < LEAST_PLACES) return null;
  const shown = colorsOf(received, places, coding);
  const right = colorsOf(reference, places, referenceCoding);
  const seen = shown.map(clipped);
  const seenDifference = differenceOf(seen, right.map(clipped));
  // Bars of 100 % in full range that are taken for limited range look right: only their numbers are out of range.
  const difference = differenceOf(shown, right);
  const explained: Explanation[] = [];
  for (const other of codings) {
    yield;
    if (!isSame(other, referenceCoding)) {
      // The numbers of the reference were read by another coding.
      const left = differenceOf(seen, colorsOf(reference, places, other).map(clipped));
      explained.push({ actual: referenceCoding, taken: other, difference: seenDifference, left });
    }
    if (!isSame(other, coding)) {
      // The received numbers are right, and of another coding than they say.
      const left = differenceOf(colorsOf(received, places, other), right);
      explained.push({ actual: other, taken: coding, difference, left });
    }
  }
  const [best = null] = explained
    .filter((fault) => fault.difference >= LEAST_DIFFERENCE && fault.left <= fault.difference * MOST_REMAINING)
    .sort((a, b) => a.left + doubtOf(a) - b.left - doubtOf(b));
  return best;
}

interface Explanation {
  readonly actual: ColorCoding;
  readonly taken: ColorCoding;
  /** The mean difference from the right colors, and that which is left if the mistake is taken back. */
  readonly difference: number;
  readonly left: number;
}

/** Greys have the same colors by each matrix: a second mistake has to explain more than rounding. */
const doubtOf = ({ actual, taken }: Explanation): number =>
  actual.matrix !== taken.matrix && actual.isFullRange !== taken.isFullRange ? 1 : 0;

const codings: readonly ColorCoding[] = [
  { matrix: 'bt601', isFullRange: false },
  { matrix: 'bt709', isFullRange: false },
  { matrix: 'bt601', isFullRange: true },
  { matrix: 'bt709', isFullRange: true },
];

const isSame = (a: ColorCoding, b: ColorCoding): boolean => a.matrix === b.matrix && a.isFullRange === b.isFullRange;

function sentenceOf({ actual, taken }: Explanation): string {
  const isMatrix = actual.matrix !== taken.matrix;
  const isRange = actual.isFullRange !== taken.isFullRange;
  const nameOf = ({ matrix, isFullRange }: ColorCoding) =>
    [
      ...(isMatrix ? [matrix.replace('bt', 'BT.')] : []),
      ...(isRange ? [`${isFullRange ? 'full' : 'limited'} range`] : []),
    ].join(' in ');
  return `The colours are wrong: ${nameOf(actual)} shown as ${nameOf(taken)}.`;
}

/** Chroma samples: column and row. */
type Places = readonly (readonly [number, number])[];

const isColored = ({ u, v }: PlanarPicture, [column, row]: Places[number]): boolean =>
  [u, v].some(({ samples, stride }) => Math.abs(samples[row * stride + column] - 128) >= COLORED);

/** Chroma samples whose surroundings are even, on a grid: an edge is blurred by every codec. */
function* evenPlaces(picture: PlanarPicture): Steps<Places> {
  const { width, height, y, u, v } = picture;
  const step = Math.max(2, Math.round(Math.sqrt((width * height) / 4 / MOST_PLACES)));
  const places: [number, number][] = [];
  for (let row = REACH; row < height / 2 - REACH; row += step) {
    for (let column = REACH; column < width / 2 - REACH; column += step) {
      const isEven = NEIGHBOURS.every(
        ([dx, dy]) =>
          [u, v].every(({ samples, stride }) => {
            const at = row * stride + column;
            return Math.abs(samples[at + dy * stride + dx] - samples[at]) <= EVEN;
          }) &&
          Math.abs(
            y.samples[2 * (row + dy) * y.stride + 2 * (column + dx)] - y.samples[2 * row * y.stride + 2 * column],
          ) <= EVEN,
      );
      if (isEven) places.push([column, row]);
    }
    yield;
  }
  return places;
}

/** Red, green and blue of each place: 0 to 255, and beyond where the numbers are out of range. */
function colorsOf({ y, u, v }: PlanarPicture, places: Places, { matrix, isFullRange }: ColorCoding): Float64Array {
  const [kr, kb] = matrix === 'bt601' ? [0.299, 0.114] : [0.2126, 0.0722];
  const [black, luma, chroma] = isFullRange ? [0, 255, 255] : [16, 219, 224];
  const colors = new Float64Array(places.length * 3);
  places.forEach(([column, row], i) => {
    const level = (y.samples[2 * row * y.stride + 2 * column] - black) / luma;
    const blueDifference = (u.samples[row * u.stride + column] - 128) / chroma;
    const redDifference = (v.samples[row * v.stride + column] - 128) / chroma;
    const red = level + 2 * (1 - kr) * redDifference;
    const blue = level + 2 * (1 - kb) * blueDifference;
    const green = (level - kr * red - kb * blue) / (1 - kr - kb);
    [red, green, blue].forEach((value, k) => {
      colors[3 * i + k] = 255 * value;
    });
  });
  return colors;
}

/** As it is shown. */
const clipped = (value: number): number => Math.min(255, Math.max(0, value));

/** The mean difference, in 8-bit steps. */
const differenceOf = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;

const MOST_PLACES = 2000;
const LEAST_PLACES = 40;
/** Chroma samples from a place to the neighbours that are looked at. */
const REACH = 4;
const NEIGHBOURS = [
  [-REACH, 0],
  [REACH, 0],
  [0, -REACH],
  [0, REACH],
] as const;
const EVEN = 3;
/** Steps from 128 from which a place has a color. */
const COLORED = 16;
/** In 8-bit steps: codecs at low bit rates change the mean by one or two. */
const LEAST_DIFFERENCE = 3;
/** The mistake has to explain so much of the difference that only this share is left. */
const MOST_REMAINING = 0.4;
