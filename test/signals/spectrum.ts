/**
 * The power in each bin of a fast Fourier transform of 2ⁿ samples. A sine of amplitude 1 has a power of 0.5.
 */
export function powersOf(samples: ArrayLike<number>): Float64Array {
  const size = samples.length;
  const re = Float64Array.from(samples);
  const im = new Float64Array(size);
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
    if (i < j) [re[i], re[j]] = [re[j], re[i]];
  }
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const c = Math.cos((Math.PI * k) / half);
      const s = -Math.sin((Math.PI * k) / half);
      for (let i = k; i < size; i += 2 * half) {
        const j = i + half;
        const x = re[j] * c - im[j] * s;
        const y = re[j] * s + im[j] * c;
        [re[j], im[j]] = [re[i] - x, im[i] - y];
        re[i] += x;
        im[i] += y;
      }
    }
  }
  const powers = new Float64Array(size / 2);
  for (let k = 0; k < powers.length; k++) powers[k] = (2 * (re[k] * re[k] + im[k] * im[k])) / (size * size);
  return powers;
}

export const decibels = (powerRatio: number): number => 10 * Math.log10(powerRatio);

export const powerOf = (samples: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] * samples[i];
  return sum / samples.length;
};
