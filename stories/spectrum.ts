import { decibels, powersOf } from '../test/signals/spectrum.js';

/** Samples of one transform: bins are 5.9 Hz apart at 48 kHz. */
const size = 8192;

/** The level of a tone at a frequency, in dB: 0 is a sine at full scale. */
export interface SpectrumPoint {
  readonly frequency: number;
  readonly level: number;
}

/** What sounds at which frequency, by equal ratios from 20 Hz to 20 kHz: the strongest of what falls on a point. */
export function spectrumOf(samples: Float32Array, sampleRate: number, points: number): SpectrumPoint[] {
  const powers = meanPowers(samples);
  const bin = (frequency: number) => (frequency * size) / sampleRate;
  const at = (share: number) => 20 * 1000 ** share;
  return Array.from({ length: points }, (_, index) => {
    const frequency = at(index / (points - 1));
    const from = bin(at((index - 0.5) / (points - 1)));
    const to = bin(at((index + 0.5) / (points - 1)));
    const strongest = to - from > 1 ? Math.max(...powers.slice(Math.ceil(from), Math.floor(to) + 1)) : 0;
    // Between two bins a straight line, where points stand closer than they do.
    const low = Math.floor(bin(frequency));
    const part = bin(frequency) - low;
    const power = strongest || powers[low] * (1 - part) + powers[low + 1] * part;
    return { frequency, level: decibels(Math.max(power, 1e-20)) };
  });
}

/** The powers of parts of the samples, each faded in and out by a Hann window, on average. */
function meanPowers(samples: Float32Array): Float64Array {
  const parts = Math.max(1, Math.floor(samples.length / size));
  const sum = new Float64Array(size / 2);
  for (let part = 0; part < parts; part++) {
    const windowed = samples
      .slice(part * size, (part + 1) * size)
      .map((sample, i) => sample * (1 - Math.cos((2 * Math.PI * i) / size)));
    // Twice, as half of a sine's square is its power.
    powersOf(windowed).forEach((power, bin) => {
      sum[bin] += (2 * power) / parts;
    });
  }
  return sum;
}
