/** The last values of a series, whose distribution is asked for now and then. */
export class RecentValues {
  readonly #values: Float64Array;
  #count = 0;
  #max = Number.NEGATIVE_INFINITY;

  /** @param size How many values are kept. */
  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  /** How many values are kept now. */
  get length(): number {
    return Math.min(this.#count, this.#values.length);
  }

  /** The largest value since the beginning. */
  get max(): number | null {
    return this.#count > 0 ? this.#max : null;
  }

  get mean(): number | null {
    return this.length > 0 ? this.#kept().reduce((sum, value) => sum + value, 0) / this.length : null;
  }

  get deviation(): number | null {
    const { mean } = this;
    if (mean === null || this.length < 2) return null;
    return Math.sqrt(this.#kept().reduce((sum, value) => sum + (value - mean) ** 2, 0) / (this.length - 1));
  }

  add(value: number): void {
    this.#values[this.#count++ % this.#values.length] = value;
    this.#max = Math.max(this.#max, value);
  }

  /** The values at which these shares of the kept ones are smaller or equal, such as 0.5 for the median. */
  quantiles(...shares: number[]): (number | null)[] {
    const sorted = this.#kept().sort();
    return shares.map((share) => {
      const at = share * (sorted.length - 1);
      const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
      return below === undefined || above === undefined ? null : below + (above - below) * (at % 1);
    });
  }

  #kept(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}

/** The median of some values; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 ? upper : (upper + (sorted[half - 1] ?? 0)) / 2;
}
