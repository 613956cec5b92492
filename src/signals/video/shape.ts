/** Left, top, right and bottom, in pixels. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/**
 * How far inside of a shape a point is, in pixels, and below 0 how far outside: never more than the way to its edge, so
 * that all that lies so near is known to be inside or outside too.
 */
export type Depth = (x: number, y: number) => number;

/** Takes the samples of a row from one to before another, and how much of each is covered. */
export type CoverSpan = (row: number, from: number, to: number, share: number) => void;

/** Gives what a shape covers in a box, of samples that are squares of `size` pixels. */
export function scanShape([left, top, right, bottom]: Box, size: number, depth: Depth, take: CoverSpan): void {
  const end = Math.ceil(right / size);
  for (let row = Math.floor(top / size); row * size < bottom; row++) {
    const y = (row + 0.5) * size;
    let column = Math.floor(left / size);
    // Where what is covered entirely begins.
    let from = column;
    while (column < end) {
      const inside = depth((column + 0.5) * size, y) / size;
      const next = Math.min(end, column + Math.max(1, Math.floor(Math.abs(inside) + 0.5)));
      if (inside < 0.5) {
        if (column > from) take(row, from, column, 1);
        // As near as the distance from the edge tells it.
        if (inside > -0.5) take(row, column, next, inside + 0.5);
        from = next;
      }
      column = next;
    }
    if (end > from) take(row, from, end, 1);
  }
}

/** How far a point is from a straight line with two ends. */
export function distanceTo(fromX: number, fromY: number, toX: number, toY: number): Depth {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const square = dx * dx + dy * dy || 1;
  return (x, y) => {
    const along = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / square));
    const across = x - fromX - along * dx;
    const down = y - fromY - along * dy;
    return Math.sqrt(across * across + down * down);
  };
}
