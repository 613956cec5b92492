/*
 * A Reed–Solomon code over GF(256), made by x⁸ + x⁴ + x³ + x² + 1 (0x11d, α = 2). The generator polynomial has the roots
 * α⁰ to α^(n − 1) for n parity bytes; the first byte of a word has the highest power.
 */

/** Parity bytes of a word of the mark. Two words differ in at least one byte more than this. */
export const PARITY_BYTES = 8;

/**
 * The bytes that are corrected. The code could correct one more; the distance that is left detects damage: of all words
 * of 23 bytes only 1.6 in 10⁹ lie within three bytes of a code word.
 */
const MOST_ERRORS = 3;

/** Powers of α, twice, so that a sum of two logarithms needs no reduction. */
const powers = /* @__PURE__ */ listPowers();
const logarithms = /* @__PURE__ */ listLogarithms();
const markGenerator = /* @__PURE__ */ createGenerator(PARITY_BYTES);

function listPowers(): Uint8Array {
  const list = new Uint8Array(510);
  for (let i = 0, x = 1; i < 510; i++) {
    list[i] = x;
    x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1;
  }
  return list;
}

function listLogarithms(): Uint8Array {
  const list = new Uint8Array(256);
  for (let i = 0; i < 255; i++) list[powers[i]] = i;
  return list;
}

function multiply(a: number, b: number): number {
  return a && b ? powers[logarithms[a] + logarithms[b]] : 0;
}

function divide(a: number, b: number): number {
  return a ? powers[logarithms[a] + 255 - logarithms[b]] : 0;
}

/** The generator polynomial for so many parity bytes: the coefficients below the highest, which is 1. */
export function createGenerator(parityBytes: number): Uint8Array {
  const product = new Uint8Array(parityBytes + 1);
  product[0] = 1;
  for (let root = 0; root < parityBytes; root++) {
    for (let i = root + 1; i > 0; i--) product[i] ^= multiply(product[i - 1], powers[root]);
  }
  return product.subarray(1);
}

/** Fills the last bytes of a word, as many as the generator has coefficients, from those before them. */
export function addParity(word: Uint8Array, generator = markGenerator): void {
  const parityBytes = generator.length;
  const length = word.length - parityBytes;
  const rest = word.subarray(length).fill(0);
  for (let i = 0; i < length; i++) {
    const factor = word[i] ^ rest[0];
    rest.copyWithin(0, 1);
    rest[parityBytes - 1] = 0;
    for (let k = 0; k < parityBytes; k++) rest[k] ^= multiply(generator[k], factor);
  }
}

/** Corrects up to three bytes in place. Returns whether the word is then a code word. */
export function correctErrors(word: Uint8Array): boolean {
  const syndromes = syndromesOf(word);
  if (syndromes.every((value) => value === 0)) return true;
  const locator = locatorOf(syndromes);
  const errors = locator.length - 1;
  if (errors > MOST_ERRORS) return false;
  const evaluator = new Uint8Array(errors);
  for (let i = 0; i < errors; i++) {
    for (let k = 0; k <= i; k++) evaluator[i] ^= multiply(locator[k], syndromes[i - k]);
  }
  const places: number[] = [];
  for (let power = 0; power < word.length; power++) if (evaluate(locator, 255 - power) === 0) places.push(power);
  // A root beyond the length of the word is an error where there is no byte.
  if (places.length !== errors) return false;
  for (const power of places) {
    // Forney's formula. The derivative of the locator has its odd coefficients.
    let slope = 0;
    for (let i = 1; i <= errors; i += 2) slope ^= multiply(locator[i], powers[((255 - power) * (i - 1)) % 255]);
    const error = multiply(powers[power], divide(evaluate(evaluator, 255 - power), slope));
    word[word.length - 1 - power] ^= error;
  }
  return true;
}

function syndromesOf(word: Uint8Array): Uint8Array {
  const syndromes = new Uint8Array(PARITY_BYTES);
  for (let root = 0; root < PARITY_BYTES; root++) {
    let sum = 0;
    for (const byte of word) sum = (sum ? powers[logarithms[sum] + root] : 0) ^ byte;
    syndromes[root] = sum;
  }
  return syndromes;
}

/** The value of a polynomial, its coefficients from the lowest, at a power of α. */
function evaluate(coefficients: Uint8Array | number[], power: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) {
    sum = (sum ? powers[logarithms[sum] + (power % 255)] : 0) ^ coefficients[i];
  }
  return sum;
}

/** The shortest recursion that makes the syndromes (Berlekamp–Massey): the locator of the errors. */
function locatorOf(syndromes: Uint8Array): number[] {
  let locator = [1];
  let before = [1];
  let errors = 0;
  let shift = 1;
  let scale = 1;
  for (let n = 0; n < syndromes.length; n++) {
    let gap = syndromes[n];
    for (let i = 1; i <= errors; i++) gap ^= multiply(locator[i] ?? 0, syndromes[n - i]);
    if (gap === 0) {
      shift++;
      continue;
    }
    const factor = divide(gap, scale);
    const next = locator.slice();
    before.forEach((value, i) => {
      next[i + shift] = (next[i + shift] ?? 0) ^ multiply(factor, value);
    });
    for (let i = 0; i < next.length; i++) next[i] ??= 0;
    if (2 * errors <= n) {
      before = locator;
      errors = n + 1 - errors;
      scale = gap;
      shift = 1;
    } else shift++;
    locator = next;
  }
  // A locator whose degree is below the number of errors locates too few of them.
  while (locator.length < errors + 1) locator.push(0);
  return locator;
}
