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
  for (let row = Math.floor(top / size); row * size < bottom; row++) {
    scanRow(row, (row + 0.5) * size, left, right, size, depth, take);
  }
}

/** Reports the spans that a shape covers in a row of samples, whose middle is at the height `y`. */
export function scanRow(
  row: number,
  y: number,
  left: number,
  right: number,
  size: number,
  depth: Depth,
  take: CoverSpan,
): void {
  const end = Math.ceil(right / size);
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

/** Reports the spans of a straight line with round ends. Each row is scanned only where the line crosses it. */
export function scanLine(
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
  thickness: number,
  width: number,
  height: number,
  size: number,
  take: CoverSpan,
): void {
  const distance = segmentDistance(fromX, fromY, toX, toY);
  const depth: Depth = (x, y) => thickness / 2 - distance(x, y);
  const reach = thickness / 2 + 1;
  const [dx, dy] = [toX - fromX, toY - fromY];
  const [left, right] = [Math.max(0, Math.min(fromX, toX) - reach), Math.min(width, Math.max(fromX, toX) + reach)];
  const bottom = Math.min(height, Math.max(fromY, toY) + reach);
  // Half of the row that an endless line would cross.
  const half = dy === 0 ? Number.POSITIVE_INFINITY : (reach * Math.sqrt(dx * dx + dy * dy)) / Math.abs(dy);
  for (let row = Math.floor(Math.max(0, Math.min(fromY, toY) - reach) / size); row * size < bottom; row++) {
    const y = (row + 0.5) * size;
    const middle = dy === 0 ? fromX : fromX + ((y - fromY) * dx) / dy;
    scanRow(row, y, Math.max(left, middle - half), Math.min(right, middle + half), size, depth, take);
  }
}

/**
 * Reports the spans of a ring, or of a disc, whose `radius` is 0 and whose `half` is the disc's radius. `half` is half
 * the thickness. Only the samples at the edges are computed one by one, and only the rows `from` to `rows`.
 */
export function scanRing(
  x: number,
  y: number,
  radius: number,
  half: number,
  size: number,
  rows: number,
  take: CoverSpan,
  from = 0,
): void {
  const reach = radius + half + size / 2;
  const end = Math.min(rows, Math.ceil((y + reach) / size));
  for (let row = Math.max(from, Math.floor((y - reach) / size)); row < end; row++) {
    const down = (row + 0.5) * size - y;
    /** Half the chord of a circle on this row. */
    const chord = (r: number) => (r > Math.abs(down) ? Math.sqrt(r * r - down * down) : -1);
    const edge = (from: number, to: number) => {
      for (let column = from; column < to; column++) {
        const across = (column + 0.5) * size - x;
        const inside = (half - Math.abs(Math.sqrt(across * across + down * down) - radius)) / size;
        if (inside > -0.5) take(row, column, column + 1, Math.min(1, inside + 0.5));
      }
    };
    const [outer, solid] = [chord(reach), chord(reach - size)];
    const [hollow, hole] = [chord(radius - half + size / 2), chord(radius - half - size / 2)];
    // Each border is moved by a sample towards the side where samples are computed.
    const [first, last] = [Math.floor((x - outer) / size - 0.5), Math.ceil((x + outer) / size + 0.5)];
    const [left, right] = [Math.ceil((x - solid) / size + 0.5), Math.floor((x + solid) / size - 0.5)];
    if (solid < 0 || right <= left) {
      // All of it is edge, but for a hole.
      const [from, to] = [Math.ceil((x - hole) / size + 0.5), Math.floor((x + hole) / size - 0.5)];
      if (hole < 0 || to <= from) edge(first, last);
      else {
        edge(first, from);
        edge(to, last);
      }
      continue;
    }
    edge(first, left);
    const [near, far] = [Math.floor((x - hollow) / size - 0.5), Math.ceil((x + hollow) / size + 0.5)];
    const [from, to] = [Math.ceil((x - hole) / size + 0.5), Math.floor((x + hole) / size - 0.5)];
    if (hollow < 0) take(row, left, right, 1);
    else {
      if (near > left) take(row, left, near, 1);
      if (hole < 0 || to <= from) edge(Math.max(left, near), Math.min(right, far));
      else {
        edge(Math.max(left, near), from);
        edge(to, Math.min(right, far));
      }
      if (right > far) take(row, far, right, 1);
    }
    edge(right, last);
  }
}

/** A function that gives the distance of a point from a line segment. */
function segmentDistance(fromX: number, fromY: number, toX: number, toY: number): Depth {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const square = dx * dx + dy * dy || 1;
  return (x, y) => {
    const along = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / square));
    const across = x - fromX - along * dx;
    const down = y - fromY - along * dy;
    return Math.sqrt(across * across + down * down);
  };
}
