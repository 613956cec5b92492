/** From 0 to 1, without a corner: what fades go by. Half way at one half. */
export function edge(x: number): number {
  const k = Math.max(0, Math.min(1, x));
  return k * k * (3 - 2 * k);
}
