import { sine } from '../maths.js';
import type { ChannelTone } from './waveform.js';

/**
 * One cycle of a wave, made of exactly the harmonics that lie below half the sample rate, so that nothing folds back.
 * `harmonic` gives the amplitude of number `k`. Images of the table stay below −100 dB.
 *
 * A table has room for 8192 harmonics: below 3 Hz (at 48 kHz) the highest ones are left out.
 */
export function wavetable(
  { frequency, sampleRate }: ChannelTone,
  harmonic: (k: number) => number,
): (turn: number) => number {
  const count = Math.min(MOST, Math.ceil(sampleRate / 2 / frequency) - 1);
  let size = 2048;
  while (size < count * 8) size *= 2;
  const real = new Float64Array(size);
  for (let k = 1; k <= count; k++) real[k] = harmonic(k);
  const wave = sumOfSines(real);
  // Two points before the cycle and three after it, so that the six around any position stand in a row.
  const table = new Float64Array(size + 6);
  for (let i = 0; i < table.length; i++) table[i] = wave[(i + size - 2) % size];

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

const MOST = 8192;

/** Σ amplitudes[k] · sin(2πkj / size) for every j, by a fast Fourier transform. */
function sumOfSines(amplitudes: Float64Array): Float64Array {
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
