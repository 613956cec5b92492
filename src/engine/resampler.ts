/* Values between the samples of a sequence, by a sinc under Kaiser's window. */

/** Zeros of the sinc on each side. With the window, what lies above the band is weaker by 70 dB. */
const ZEROS = 22;
/** Share of the lower rate's band that is kept. */
const ROLL_OFF = 0.93;
/** Values of the curve between two zeros. Between those it is straight: that is off by less than −90 dB. */
const STEPS = 256;
const KAISER_BETA = 6.76;
const END = ZEROS * STEPS;

/** Reads sequences of samples at another rate. Frequencies that the lower rate cannot have are left out. */
export class Resampler {
  /** How many samples on each side of a place its value is made of. */
  readonly reach: number;
  readonly #scale: number;
  readonly #weights: Float64Array;
  /** The first sample that has a weight. */
  #first = 0;

  /** @param step How many samples of the sequence come between two values. */
  constructor(step: number) {
    this.#scale = Math.max(1, step);
    this.reach = Math.ceil(ZEROS * this.#scale);
    this.#weights = new Float64Array(2 * this.reach);
  }

  /** Goes to a place, which has `reach` samples on each side. */
  moveTo(place: number): void {
    const weights = this.#weights;
    const last = Math.floor(place);
    const stride = STEPS / this.#scale;
    this.#first = last - this.reach + 1;
    const scale = this.#scale;
    curve ??= createCurve();
    const heights = curve;
    for (let i = 0, at = (this.#first - place) * stride; i < weights.length; i++, at += stride) {
      const distance = at < 0 ? -at : at;
      const low = distance | 0;
      // Rounding may lead beyond the end.
      if (low >= END) weights[i] = 0;
      else weights[i] = (heights[low] + (distance - low) * (heights[low + 1] - heights[low])) / scale;
    }
  }

  /** The value of a sequence at the place. */
  valueOf(samples: Float32Array): number {
    const weights = this.#weights;
    let sum = 0;
    for (let i = 0, at = this.#first; i < weights.length; i++, at++) {
      sum += weights[i] * samples[at];
    }
    return sum;
  }
}

/** The right half of the impulse response, made when it is first needed. */
let curve: Float32Array | undefined;

function createCurve(): Float32Array {
  // With one value beyond the end.
  const half = new Float32Array(END + 2);
  for (let i = 0; i <= END; i++) {
    const distance = i / STEPS;
    const angle = Math.PI * ROLL_OFF * distance;
    const sinc = i === 0 ? 1 : Math.sin(angle) / angle;
    // Less 1, so that it ends at 0: a value would change by a step where a sample comes in.
    half[i] = sinc * (bessel(KAISER_BETA * Math.sqrt(1 - (distance / ZEROS) ** 2)) - 1);
  }
  // A constant stays what it is.
  let sum = -(half[0] as number);
  for (let i = 0; i <= ZEROS; i++) sum += 2 * (half[i * STEPS] as number);
  return half.map((height) => height / sum);
}

/** The modified Bessel function of the first kind, of order 0. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-10 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
