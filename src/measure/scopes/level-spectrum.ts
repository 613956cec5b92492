import type { SampleHistory } from './sample-history.js';

/**
 * The level of each frequency in a number of samples, which is a power of two: by a Fourier transform with the Blackman-Harris
 * window of four terms, whose side lobes are 92 dB down. A sine between two bins reads at most 0.83 dB low.
 */
export class LevelSpectrum {
  readonly size: number;
  /** dBFS of each bin up to half the sample rate: a sine at full scale has 0. */
  readonly levels: Float32Array;
  readonly #window: Float32Array;
  readonly #cosines: Float32Array;
  readonly #sines: Float32Array;
  readonly #reversed: Uint32Array;
  readonly #samples: Float32Array;
  readonly #real: Float32Array;
  readonly #imaginary: Float32Array;

  constructor(size: number) {
    this.size = size;
    this.levels = new Float32Array(size / 2);
    const angle = (2 * Math.PI) / size;
    this.#window = Float32Array.from({ length: size }, (_, i) =>
      TERMS.reduce((sum, term, k) => sum + (k % 2 ? -term : term) * Math.cos(k * angle * i), 0),
    );
    this.#cosines = Float32Array.from({ length: size / 2 }, (_, i) => Math.cos(angle * i));
    this.#sines = Float32Array.from({ length: size / 2 }, (_, i) => Math.sin(angle * i));
    const bits = Math.log2(size);
    this.#reversed = Uint32Array.from({ length: size }, (_, i) => {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
      return reversed;
    });
    this.#samples = new Float32Array(size);
    this.#real = new Float32Array(size);
    this.#imaginary = new Float32Array(size);
  }

  /** Measures the samples of a channel that end before number `end`. `levels` has the result until the next call. */
  measure(history: SampleHistory, channel: number, end: number): Float32Array {
    const { size, levels } = this;
    const [real, imaginary] = [this.#real, this.#imaginary.fill(0)];
    const samples = this.#samples;
    history.read(channel, end, samples);
    for (let i = 0; i < size; i++) {
      real[this.#reversed[i] as number] = (samples[i] as number) * (this.#window[i] as number);
    }
    for (let half = 1; half < size; half *= 2) this.#combine(real, imaginary, half);
    const scale = 2 / (size * TERMS[0]);
    for (let i = 0; i < levels.length; i++) {
      const power = (real[i] as number) ** 2 + (imaginary[i] as number) ** 2;
      levels[i] = 10 * Math.log10(power * scale * scale + 1e-20);
    }
    return levels;
  }

  /** One stage of the transform: makes spectra of `2 * half` samples of two of `half`. */
  #combine(real: Float32Array, imaginary: Float32Array, half: number): void {
    const stride = this.size / (2 * half);
    for (let start = 0; start < this.size; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [even, odd] = [start + k, start + k + half];
        const cosine = this.#cosines[k * stride] as number;
        const sine = this.#sines[k * stride] as number;
        const [re, im] = [real[odd] as number, imaginary[odd] as number];
        const turnedRe = cosine * re + sine * im;
        const turnedIm = cosine * im - sine * re;
        real[odd] = (real[even] as number) - turnedRe;
        imaginary[odd] = (imaginary[even] as number) - turnedIm;
        real[even] = (real[even] as number) + turnedRe;
        imaginary[even] = (imaginary[even] as number) + turnedIm;
      }
    }
  }
}

/** F. J. Harris, "On the Use of Windows for Harmonic Analysis", 1978, table 1: 4-term, −92 dB. */
const TERMS = [0.35875, 0.48829, 0.14128, 0.01168] as const;

/** The highest level of the bins from one frequency to another; between two bins the level of the line from one to the other. */
export function highestLevel(levels: Float32Array, from: number, to: number): number {
  const [first, last] = [Math.ceil(from), Math.floor(to)];
  const between = (bin: number) => {
    const low = Math.floor(bin);
    const part = bin - low;
    return (levels[low] ?? Number.NEGATIVE_INFINITY) * (1 - part) + (levels[low + 1] ?? -200) * part;
  };
  let highest = Math.max(between(from), between(to));
  for (let bin = first; bin <= last && bin < levels.length; bin++) highest = Math.max(highest, levels[bin] as number);
  return highest;
}
