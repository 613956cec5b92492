import { checkNumber, checkValue } from '../checks.js';
import { checkRate, type Rate } from '../rate.js';
import { addParity, correctErrors, PARITY_BYTES } from './reed-solomon.js';

/** The identity of a frame, as its picture carries it. */
export interface PictureMark {
  /** The number of the frame, from 0 to 2³² − 1. */
  readonly frame: number;
  /** Frames per second, in lowest terms. */
  readonly rate: Rate;
  /** The wall-clock time of the frame: whole milliseconds since 1970, below 2⁴² (the year 2109). */
  readonly time: number;
  /** The source that made the frame, from 0 to 65535. */
  readonly source: number;
}

/*
 * The word of a mark, bit by bit from the highest: version 4, frame 32, time 42, source 16, rate 26 (see `rateBits`), and
 * then the parity bytes. Every bit is then inverted where the mask has a 1.
 */
const FIELDS = { version: 4, frame: 32, time: 42, source: 16, rate: 26 } as const;

type Field = keyof typeof FIELDS;

const names = Object.keys(FIELDS) as Field[];

const VERSION = 1;

const MESSAGE_BYTES = 15;

const LAST_TIME_MS = 0x3ff_ffff_ffff;

/** The bytes of a word. */
export const WORD_BYTES = MESSAGE_BYTES + PARITY_BYTES;

/**
 * The first digits of π, because they were not chosen for a purpose. Without a mask, an all-dark picture would be a code word;
 * with it, plain and regular pictures are no closer to one than random pictures.
 */
const MASK = [
  0x24, 0x3f, 0x6a, 0x88, 0x85, 0xa3, 0x08, 0xd3, 0x13, 0x19, 0x8a, 0x2e, 0x03, 0x70, 0x73, 0x44, 0xa4, 0x09, 0x38,
  0x22, 0x29, 0x9f, 0x31,
];

/** Rates up to 32767 / 1023, and 1000/1001 of them. */
const LARGEST_NUMERATOR = 0x7fff;
const LARGEST_DENOMINATOR = 0x3ff;

/**
 * The word of a mark.
 *
 * @throws {RangeError} for a number that does not fit, or a rate that cannot be carried exactly.
 */
export function encodeMark({ frame, rate, time, source }: PictureMark): Uint8Array {
  checkNumber('frame', frame, { min: 0, max: 0xffff_ffff, whole: true });
  checkNumber('time', time, { min: 0, max: LAST_TIME_MS, whole: true, unit: 'ms' });
  checkNumber('source', source, { min: 0, max: 0xffff, whole: true });
  const values = { version: VERSION, frame, time, source, rate: rateBits(rate) };
  const word = new Uint8Array(WORD_BYTES);
  let end = 0;
  for (const name of names) {
    end += FIELDS[name];
    // From the lowest bit. Shifts have 32 bits, and a time has more.
    for (let rest = values[name], place = end - 1; rest > 0; rest = Math.floor(rest / 2), place--) {
      if (rest % 2) word[place >> 3] |= 0x80 >> (place & 7);
    }
  }
  addParity(word);
  for (let i = 0; i < WORD_BYTES; i++) word[i] ^= MASK[i];
  return word;
}

/**
 * Reads a word. Up to three damaged bytes are corrected; beyond that it is no mark.
 *
 * Of random words less than 10⁻¹⁰ are taken for a mark: 1.6 · 10⁻⁹ lie within three bytes of a code word
 * (Σ C(23, i) · 255ⁱ / 256⁸ for i ≤ 3), and a sixteenth of those has the version.
 */
export function decodeMark(word: Uint8Array): PictureMark | null {
  const bytes = word.map((byte, i) => byte ^ MASK[i]);
  if (!correctErrors(bytes)) return null;
  const values: Record<Field, number> = { version: 0, frame: 0, time: 0, source: 0, rate: 0 };
  let place = 0;
  for (const name of names) {
    for (let bit = 0; bit < FIELDS[name]; bit++, place++) {
      values[name] = values[name] * 2 + ((bytes[place >> 3] >> (7 - (place & 7))) & 1);
    }
  }
  const { version, frame, time, source } = values;
  const rate = rateOf(values.rate);
  return version === VERSION && rate ? { frame, rate, time, source } : null;
}

/** 1 bit: a factor of 1000/1001; 15 bits: the numerator; 10 bits: the denominator. */
function rateBits(rate: Rate): number {
  checkRate('rate', rate);
  const isNtsc = rate.numerator % 1000 === 0 && rate.denominator % 1001 === 0;
  const numerator = isNtsc ? rate.numerator / 1000 : rate.numerator;
  const denominator = isNtsc ? rate.denominator / 1001 : rate.denominator;
  checkValue(
    isWhole(numerator, LARGEST_NUMERATOR) && isWhole(denominator, LARGEST_DENOMINATOR),
    'rate',
    `${rate.numerator}/${rate.denominator}`,
    `a fraction of whole numbers up to ${LARGEST_NUMERATOR}/${LARGEST_DENOMINATOR}, or 1000/1001 of one`,
  );
  return (isNtsc ? 1 << 25 : 0) | (numerator << 10) | denominator;
}

const isWhole = (value: number, max: number) => Number.isInteger(value) && value >= 1 && value <= max;

/** `null` for bits that no mark has. */
function rateOf(bits: number): Rate | null {
  const isNtsc = bits >>> 25 === 1;
  const numerator = (bits >>> 10) & LARGEST_NUMERATOR;
  const denominator = bits & LARGEST_DENOMINATOR;
  if (!numerator || !denominator) return null;
  return isNtsc ? { numerator: numerator * 1000, denominator: denominator * 1001 } : { numerator, denominator };
}
