import { decibels, powersOf } from '../test/signals/spectrum.js';

/** Samples of one Fourier transform: its bins are 5.9 Hz apart at 48 kHz. */
const size = 8192;

/** The level at a frequency in Hz, in dB: 0 is a sine at full scale. */
export interface SpectrumPoint {
  readonly frequency: number;
  readonly level: number;
}

/** Levels at frequencies from 20 Hz to 20 kHz that have equal ratios. Each is the highest level around its frequency. */
export function spectrumOf(samples: Float32Array, sampleRate: number, points: number): SpectrumPoint[] {
  const powers = meanPowers(samples);
  const bin = (frequency: number) => (frequency * size) / sampleRate;
  const at = (share: number) => 20 * 1000 ** share;
  return Array.from({ length: points }, (_, index) => {
    const frequency = at(index / (points - 1));
    const from = bin(at((index - 0.5) / (points - 1)));
    const to = bin(at((index + 0.5) / (points - 1)));
    const strongest = to - from > 1 ? Math.max(...powers.slice(Math.ceil(from), Math.floor(to) + 1)) : 0;
    // At low frequencies points are closer to each other than bins: interpolate between two bins.
    const low = Math.floor(bin(frequency));
    const part = bin(frequency) - low;
    const power = strongest || powers[low] * (1 - part) + powers[low + 1] * part;
    return { frequency, level: decibels(Math.max(power, 1e-20)) };
  });
}

/** The mean power of each bin, over parts of the samples with a Hann window. */
function meanPowers(samples: Float32Array): Float64Array {
  const parts = Math.max(1, Math.floor(samples.length / size));
  const sum = new Float64Array(size / 2);
  for (let part = 0; part < parts; part++) {
    const windowed = samples
      .slice(part * size, (part + 1) * size)
      .map((sample, i) => sample * (1 - Math.cos((2 * Math.PI * i) / size)));
    // The power of a sine at full scale is one half: doubled, it is 0 dB.
    powersOf(windowed).forEach((power, bin) => {
      sum[bin] += (2 * power) / parts;
    });
  }
  return sum;
}
