/**
 * The highest absolute value between the samples: four points for each sample are interpolated by the filter of ITU-R
 * BS.1770-5, Annex 2. From 192 kHz on the samples themselves are as dense as that.
 */
export class TruePeak {
  readonly #interpolates: boolean;
  /** The last samples, then those that are measured. */
  #buffer = new Float32Array(HISTORY + 512);

  constructor(sampleRate: number) {
    this.#interpolates = sampleRate < DENSE_RATE_HZ;
  }

  /**
   * The highest value of the samples from `start` to before `end`, which follow the samples of the previous call.
   *
   * @param peak The highest absolute value of these samples: the true peak is at least that.
   */
  of(samples: Float32Array, start: number, end: number, peak: number): number {
    if (!this.#interpolates) return peak;
    const length = end - start;
    if (this.#buffer.length < HISTORY + length) this.#buffer = extended(this.#buffer, HISTORY + length);
    const buffer = this.#buffer;
    buffer.set(samples.subarray(start, end), HISTORY);
    const highest = highestBetween(buffer, length, peak);
    buffer.copyWithin(0, length, length + HISTORY);
    return highest;
  }
}

/** Samples before the newest one that an interpolated point depends on. */
const HISTORY = 11;
const DENSE_RATE_HZ = 192_000;

function extended(buffer: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const longer = new Float32Array(length);
  longer.set(buffer);
  return longer;
}

/**
 * The last two of the filter's four phases are the first two in reverse. So a phase and its reverse are the sum and the
 * difference of an even part and an odd part, and the higher of the two is the sum of the parts' sizes. That halves the
 * multiplications.
 */
function highestBetween(x: Float32Array, length: number, least: number): number {
  // The coefficients of phase 0, then of phase 1: of each two that mirror each other the one before and the one after the
  // middle. They stand here because engines take constants of a module for variables, and the loop is four times slower.
  const even0 = (0.001708984375 - 0.00830078125) / 2;
  const odd0 = (0.001708984375 + 0.00830078125) / 2;
  const even1 = (0.010986328125 + 0.014892578125) / 2;
  const odd1 = (0.010986328125 - 0.014892578125) / 2;
  const even2 = (-0.0196533203125 - 0.026611328125) / 2;
  const odd2 = (-0.0196533203125 + 0.026611328125) / 2;
  const even3 = (0.033203125 + 0.047607421875) / 2;
  const odd3 = (0.033203125 - 0.047607421875) / 2;
  const even4 = (-0.0594482421875 - 0.102294921875) / 2;
  const odd4 = (-0.0594482421875 + 0.102294921875) / 2;
  const even5 = (0.1373291015625 + 0.97216796875) / 2;
  const odd5 = (0.1373291015625 - 0.97216796875) / 2;
  const even6 = (-0.0291748046875 - 0.0189208984375) / 2;
  const odd6 = (-0.0291748046875 + 0.0189208984375) / 2;
  const even7 = (0.029296875 + 0.0330810546875) / 2;
  const odd7 = (0.029296875 - 0.0330810546875) / 2;
  const even8 = (-0.0517578125 - 0.0582275390625) / 2;
  const odd8 = (-0.0517578125 + 0.0582275390625) / 2;
  const even9 = (0.089111328125 + 0.1015625) / 2;
  const odd9 = (0.089111328125 - 0.1015625) / 2;
  const even10 = (-0.16650390625 - 0.2003173828125) / 2;
  const odd10 = (-0.16650390625 + 0.2003173828125) / 2;
  const even11 = (0.465087890625 + 0.77978515625) / 2;
  const odd11 = (0.465087890625 - 0.77978515625) / 2;
  let highest = least;
  for (let i = 0; i < length; i++) {
    const a0 = x[i];
    const b0 = x[i + 11];
    const a1 = x[i + 1];
    const b1 = x[i + 10];
    const a2 = x[i + 2];
    const b2 = x[i + 9];
    const a3 = x[i + 3];
    const b3 = x[i + 8];
    const a4 = x[i + 4];
    const b4 = x[i + 7];
    const a5 = x[i + 5];
    const b5 = x[i + 6];
    const s0 = a0 + b0;
    const d0 = a0 - b0;
    const s1 = a1 + b1;
    const d1 = a1 - b1;
    const s2 = a2 + b2;
    const d2 = a2 - b2;
    const s3 = a3 + b3;
    const d3 = a3 - b3;
    const s4 = a4 + b4;
    const d4 = a4 - b4;
    const s5 = a5 + b5;
    const d5 = a5 - b5;
    const nearEven = even0 * s0 + even1 * s1 + even2 * s2 + even3 * s3 + even4 * s4 + even5 * s5;
    const nearOdd = odd0 * d0 + odd1 * d1 + odd2 * d2 + odd3 * d3 + odd4 * d4 + odd5 * d5;
    const farEven = even6 * s0 + even7 * s1 + even8 * s2 + even9 * s3 + even10 * s4 + even11 * s5;
    const farOdd = odd6 * d0 + odd7 * d1 + odd8 * d2 + odd9 * d3 + odd10 * d4 + odd11 * d5;
    const near = Math.abs(nearEven) + Math.abs(nearOdd);
    const far = Math.abs(farEven) + Math.abs(farOdd);
    if (near > highest) highest = near;
    if (far > highest) highest = far;
  }
  return highest;
}
