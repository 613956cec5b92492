import { sine } from '../maths.js';
import type { ChannelTone } from './waveform.js';

/** The amplitude of harmonic `k`. */
type Harmonic = (k: number) => number;

/**
 * One cycle of a band-limited wave: it has exactly the harmonics below half the sample rate, so nothing aliases.
 * Interpolation images stay below −100 dB. `harmonic` has to be the same function for the same wave, since it is the
 * key under which the table is cached.
 *
 * A table has at most 8192 harmonics: below 3 Hz (at 48 kHz) the highest ones are missing.
 */
export function wavetable({ frequency, sampleRate }: ChannelTone, harmonic: Harmonic): (turn: number) => number {
  const table = tableOf(harmonic, Math.min(MAX_HARMONICS, Math.ceil(sampleRate / 2 / frequency) - 1));
  const size = table.length - EXTRA_POINTS;
  return (turn) => {
    const position = turn * size;
    const i = Math.floor(position);
    const c = position - i;
    const a = c + 2;
    const b = c + 1;
    const d = c - 1;
    const e = c - 2;
    const f = c - 3;
    const inner = b * d * e;
    const outer = a * f;
    return (
      (c * inner * (a * table[i + 5] - f * table[i])) / 120 +
      (c * outer * (d * e * table[i + 1] - b * d * table[i + 4])) / 24 +
      (outer * b * e * (c * table[i + 3] - d * table[i + 2])) / 12
    );
  };
}

const MAX_HARMONICS = 8192;

/**
 * Interpolation uses three points on either side of a position. The table repeats this many at its end, so it never
 * wraps.
 */
const EXTRA_POINTS = 6;

/**
 * The tables used last. A long one takes milliseconds to make, and a fade needs the table of the old tone again. The
 * longest are half a megabyte each.
 */
const cache: { readonly harmonic: Harmonic; readonly count: number; readonly table: Float64Array }[] = [];
const MAX_CACHED = 16;

function tableOf(harmonic: Harmonic, count: number): Float64Array {
  const at = cache.findIndex((known) => known.harmonic === harmonic && known.count === count);
  const [found] = at < 0 ? [{ harmonic, count, table: makeTable(harmonic, count) }] : cache.splice(at, 1);
  cache.unshift(found);
  cache.length = Math.min(cache.length, MAX_CACHED);
  return found.table;
}

function makeTable(harmonic: Harmonic, count: number): Float64Array {
  let size = 2048;
  while (size < count * 8) size *= 2;
  const real = new Float64Array(size);
  for (let k = 1; k <= count; k++) real[k] = harmonic(k);
  const wave = sumBySpectrum(real);
  return Float64Array.from({ length: size + EXTRA_POINTS }, (_, i) => wave[(i + size - 2) % size]);
}

/** Σ amplitudes[k] · sin(2πkj / size) for every j, by a fast Fourier transform. */
function sumBySpectrum(amplitudes: Float64Array): Float64Array {
  const size = amplitudes.length;
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const sines = Float64Array.from({ length: size }, (_, i) => sine(i / size));
  for (let i = 0, j = 0; i < size; i++) {
    re[j] = amplitudes[i];
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
  }
  for (let half = 1; half < size; half *= 2) {
    const turn = size / half / 2;
    for (let k = 0; k < half; k++) {
      const s = sines[k * turn];
      const c = sines[(k * turn + size / 4) % size];
      for (let i = k; i < size; i += 2 * half) {
        const j = i + half;
        const x = re[j] * c - im[j] * s;
        const y = re[j] * s + im[j] * c;
        re[j] = re[i] - x;
        im[j] = im[i] - y;
        re[i] += x;
        im[i] += y;
      }
    }
  }
  return im;
}
