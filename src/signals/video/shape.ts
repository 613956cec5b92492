/** Left, top, right and bottom, in pixels. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/**
 * A signed distance function: how far inside a shape a point is, in pixels, and negative outside. It never exceeds the
 * distance to the edge, so all points within that distance are on the same side.
 */
export type Depth = (x: number, y: number) => number;

/** Receives a span of samples of a row, `to` excluded, and the share of each that is covered. */
export type CoverSpan = (row: number, from: number, to: number, share: number) => void;

/** Reports the spans that a shape covers in a box. Samples are squares of `size` pixels. */
export function scanShape([left, top, right, bottom]: Box, size: number, depth: Depth, take: CoverSpan): void {
  const end = Math.ceil(right / size);
  for (let row = Math.floor(top / size); row * size < bottom; row++) {
    const y = (row + 0.5) * size;
    let column = Math.floor(left / size);
    // The start of the span that is completely covered.
    let from = column;
    while (column < end) {
      const inside = depth((column + 0.5) * size, y) / size;
      const next = Math.min(end, column + Math.max(1, Math.floor(Math.abs(inside) + 0.5)));
      if (inside < 0.5) {
        if (column > from) take(row, from, column, 1);
        // The coverage of a sample at the edge, approximated from its distance.
        if (inside > -0.5) take(row, column, next, inside + 0.5);
        from = next;
      }
      column = next;
    }
    if (end > from) take(row, from, end, 1);
  }
}

/** A function that gives the distance of a point from a line segment. */
export function segmentDistance(fromX: number, fromY: number, toX: number, toY: number): Depth {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const square = dx * dx + dy * dy || 1;
  return (x, y) => {
    const along = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / square));
    const across = x - fromX - along * dx;
    const down = y - fromY - along * dy;
    return Math.sqrt(across * across + down * down);
  };
}
