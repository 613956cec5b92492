const WINDOW_STEPS = 40;

/** The sums of the present step, or of a window: the products of both channels, and the squares of each. */
interface Sums {
  product: number;
  left: number;
  right: number;
}

/** The correlation of two channels over the last 400 ms, without their phase: a sine and its cosine have 0. */
export class Correlation {
  #steps: Sums[] = [];
  #now: Sums = { product: 0, left: 0, right: 0 };

  /** Takes the samples from `start` to before `end`. */
  add(left: Float32Array, right: Float32Array, start: number, end: number): void {
    let product = 0;
    let leftSquares = 0;
    let rightSquares = 0;
    for (let i = start; i < end; i++) {
      const l = left[i];
      const r = right[i];
      product += l * r;
      leftSquares += l * l;
      rightSquares += r * r;
    }
    if (!Number.isFinite(leftSquares + rightSquares)) return;
    this.#now.product += product;
    this.#now.left += leftSquares;
    this.#now.right += rightSquares;
  }

  endStep(): void {
    this.#steps.push(this.#now);
    if (this.#steps.length > WINDOW_STEPS) this.#steps.shift();
    this.#now = { product: 0, left: 0, right: 0 };
  }

  /** From −1 to 1; `null` if a channel is silent. */
  get value(): number | null {
    let [product, left, right] = [0, 0, 0];
    for (const step of this.#steps) {
      product += step.product;
      left += step.left;
      right += step.right;
    }
    const scale = Math.sqrt(left * right);
    return scale === 0 ? null : Math.max(-1, Math.min(1, product / scale));
  }

  /** Begins a new window. */
  restart(): void {
    this.#steps = [];
    this.#now = { product: 0, left: 0, right: 0 };
  }
}
