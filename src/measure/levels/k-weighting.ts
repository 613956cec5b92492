/** A filter of second order: b0 + b1·z⁻¹ + b2·z⁻² over 1 + a1·z⁻¹ + a2·z⁻². */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** The rate of the published coefficients. */
const PUBLISHED_RATE_HZ = 48_000;

/** The first stage, a high shelf for the effect of the head: ITU-R BS.1770-5, Annex 1, table 1. */
const headShelf: Biquad = {
  b0: 1.53512485958697,
  b1: -2.69169618940638,
  b2: 1.19839281085285,
  a1: -1.69065929318241,
  a2: 0.73248077421585,
};

/** The second stage, the high pass of the revised low-frequency B curve: table 2. */
const highPass: Biquad = { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 };

/** The two stages of the K weighting for a sample rate in Hz. The published numbers are for 48 kHz. */
export const kWeightingAt = (sampleRate: number): readonly [head: Biquad, highPass: Biquad] => [
  atRate(headShelf, HEAD_SHELF_HZ, sampleRate),
  atRate(highPass, HIGH_PASS_HZ, sampleRate),
];

/** The frequencies at which the two stages turn. There another rate is to have exactly the same gain. */
const HEAD_SHELF_HZ = 1682;
const HIGH_PASS_HZ = 38;

/**
 * The same analog filter at another rate. The published filters are bilinear transforms, so that taking the transform back
 * and making it for the new rate is one substitution: z⁻¹ becomes (k + z⁻¹) / (1 + k·z⁻¹), with the k below. The transform
 * bends the axis of frequencies, which the ratio evens out at `frequency`.
 */
function atRate({ b0, b1, b2, a1, a2 }: Biquad, frequency: number, sampleRate: number): Biquad {
  const ratio = Math.tan((Math.PI * frequency) / PUBLISHED_RATE_HZ) / Math.tan((Math.PI * frequency) / sampleRate);
  const k = (1 - ratio) / (1 + ratio);
  const substituted = (c0: number, c1: number, c2: number): readonly [number, number, number] => [
    c0 + c1 * k + c2 * k * k,
    2 * (c0 + c2) * k + c1 * (1 + k * k),
    c0 * k * k + c1 * k + c2,
  ];
  const numerator = substituted(b0, b1, b2);
  const denominator = substituted(1, a1, a2);
  const [scale] = denominator;
  const [n0, n1, n2] = numerator.map((value) => value / scale) as [number, number, number];
  return { b0: n0, b1: n1, b2: n2, a1: denominator[1] / scale, a2: denominator[2] / scale };
}

/** Filters the samples of one channel by the K weighting, and sums up their squares. */
export class KWeighting {
  readonly #head: Biquad;
  readonly #highPass: Biquad;
  /** The memories of the two stages, in the transposed direct form II. */
  #h1 = 0;
  #h2 = 0;
  #p1 = 0;
  #p2 = 0;

  constructor(sampleRate: number) {
    [this.#head, this.#highPass] = kWeightingAt(sampleRate);
  }

  /**
   * The sum of the squares of the weighted samples from `start` to before `end`, which follow the samples of the previous call.
   */
  sumOfSquares(samples: Float32Array, start: number, end: number): number {
    const { b0, b1, b2, a1, a2 } = this.#head;
    const { b0: c0, b1: c1, b2: c2, a1: d1, a2: d2 } = this.#highPass;
    let [h1, h2, p1, p2, sum] = [this.#h1, this.#h2, this.#p1, this.#p2, 0];
    for (let i = start; i < end; i++) {
      const x = samples[i];
      const y = b0 * x + h1;
      h1 = b1 * x - a1 * y + h2;
      h2 = b2 * x - a2 * y;
      const z = c0 * y + p1;
      p1 = c1 * y - d1 * z + p2;
      p2 = c2 * y - d2 * z;
      sum += z * z;
    }
    [this.#h1, this.#h2, this.#p1, this.#p2] = [h1, h2, p1, p2].map(settled) as [number, number, number, number];
    return Number.isFinite(sum) ? sum : 0;
  }
}

/** Processors are slow with numbers near 0, at which a filter arrives in silence; a sample that is no number would stay for ever. */
const settled = (memory: number): number => (Math.abs(memory) > 1e-30 && Number.isFinite(memory) ? memory : 0);
