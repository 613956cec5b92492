/**
 * Work that is done in slices: it may stop at each `yield`, so that a worker can do something else before it continues.
 */
export type Slices<T = void> = Generator<void, T>;

/** Does all slices at once. */
export function finish<T>(slices: Slices<T>): T {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/** Fills an array in slices. */
export function* fillInSlices(array: Uint8Array | Uint16Array, value: number): Slices {
  for (let at = 0; at < array.length; at += FILLED_TOGETHER) {
    array.fill(value, at, at + FILLED_TOGETHER);
    yield;
  }
}

const FILLED_TOGETHER = 0x10000;
