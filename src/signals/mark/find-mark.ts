import { COLUMNS, FRAME, MARGIN, type MarkArea, ROWS } from './mark-layout.js';

/** The luma of a picture. */
export interface LumaPlane {
  readonly luma: Uint8Array | Uint8ClampedArray;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/*
 * The search for the light frame of a mark: in a smaller picture, boxes of light lines with dark ones around them. The
 * edges are then measured in the whole picture.
 */

/** A picture is searched at a width of at least this, and then at twice the width for a small mark. */
const SEARCH_WIDTH_PX = 400;

/** Luma that separates light from dark, in the order of the search. */
const THRESHOLDS = [112, 84, 140, 64, 168];

/** Areas that are tried in a picture. More would be more tries for chance to make a mark. */
const MOST_CANDIDATES = 12;

const ACROSS = COLUMNS + 2 * FRAME;
const DOWN = ROWS + 2 * FRAME;

/** Cells that are smaller, in the smaller picture, are not found. */
const LEAST_CELL_PX = 1.5;

/** How much wider or higher than painted a frame may be. */
const MOST_STRETCH = 1.4;

/** The share of a line that has to be light, or dark. */
const LEAST_SOLID = 0.8;

/** The areas of what may be frames of marks, at most a few. */
export function* findFrames(plane: LumaPlane): Generator<MarkArea> {
  const step = Math.max(1, Math.floor(plane.width / SEARCH_WIDTH_PX));
  let left = MOST_CANDIDATES;
  for (const factor of step > 1 ? [step, Math.ceil(step / 2)] : [1]) {
    const small = shrink(plane, factor);
    for (const threshold of THRESHOLDS) {
      for (const box of lightBoxes(small, threshold)) {
        if (left-- === 0) return;
        yield { x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor };
      }
    }
  }
}

/** Means of `factor` × `factor` pixels. */
function shrink(plane: LumaPlane, factor: number): LumaPlane {
  if (factor === 1) return plane;
  const { luma, stride } = plane;
  const [width, height] = [Math.floor(plane.width / factor), Math.floor(plane.height / factor)];
  const small = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  for (let row = 0; row < height; row++) {
    sums.fill(0);
    for (let line = row * factor; line < (row + 1) * factor; line++) {
      for (let i = 0, at = line * stride; i < width; i++) {
        for (let k = 0; k < factor; k++) sums[i] += luma[at++];
      }
    }
    for (let i = 0; i < width; i++) small[row * width + i] = sums[i] / (factor * factor);
  }
  return { luma: small, stride: width, width, height };
}

/**
 * Boxes that look like the frame of a mark: a light run in a row, as long as a frame is wide, from whose ends light lines
 * lead down.
 */
function* lightBoxes(plane: LumaPlane, threshold: number): Generator<MarkArea> {
  const { luma, stride, width, height } = plane;
  const shortest = Math.ceil(LEAST_CELL_PX * ACROSS);
  const lowest = height - Math.floor(LEAST_CELL_PX * DOWN);
  for (let y = 0; y <= lowest; y++) {
    const start = y * stride;
    // A run that is long enough has a light pixel at one of these places.
    for (let at = shortest - 1; at < width; at += shortest) {
      if (luma[start + at] <= threshold) continue;
      let x = at;
      while (x > 0 && luma[start + x - 1] > threshold) x--;
      let end = at + 1;
      while (end < width && luma[start + end] > threshold) end++;
      // The next step is from the end of this run.
      at = end - 1;
      if (end - x < shortest) continue;
      const inset = Math.floor((end - x) / ACROSS / 2);
      let bottom = y + 1;
      while (bottom < height && luma[bottom * stride + x + inset] > threshold) bottom++;
      const box = { x, y, width: end - x, height: bottom - y };
      if (isFrame(plane, box, threshold)) yield box;
    }
  }
}

function isFrame(plane: LumaPlane, { x, y, width, height }: MarkArea, threshold: number): boolean {
  const [across, down] = [width / ACROSS, height / DOWN];
  if (down < LEAST_CELL_PX || across / down > MOST_STRETCH || down / across > MOST_STRETCH) return false;
  const [right, bottom] = [x + width, y + height];
  const lines = [
    [-0.5 * MARGIN, false],
    [0.5 * FRAME, true],
  ] as const;
  return lines.every(([inset, isLight]) => {
    const [dx, dy] = [inset * across, inset * down];
    return (
      isSolid(plane, x + across, y + dy, right - across, y + dy, threshold, isLight) &&
      isSolid(plane, x + across, bottom - dy, right - across, bottom - dy, threshold, isLight) &&
      isSolid(plane, x + dx, y + down, x + dx, bottom - down, threshold, isLight) &&
      isSolid(plane, right - dx, y + down, right - dx, bottom - down, threshold, isLight)
    );
  });
}

/** Whether most of a line is light, or dark. Beyond the picture it is dark. */
function isSolid(
  { luma, stride, width, height }: LumaPlane,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  threshold: number,
  isLight: boolean,
): boolean {
  const points = Math.ceil(Math.max(toX - fromX, toY - fromY));
  let matching = 0;
  for (let i = 0; i < points; i++) {
    const x = Math.floor(fromX + ((i + 0.5) / points) * (toX - fromX));
    const y = Math.floor(fromY + ((i + 0.5) / points) * (toY - fromY));
    const isInside = x >= 0 && y >= 0 && x < width && y < height;
    if ((isInside && luma[y * stride + x] > threshold) === isLight) matching++;
  }
  return matching >= LEAST_SOLID * points;
}

/** The exact edges of a frame that is about there; `null` if there is none. */
export function fitFrame(plane: LumaPlane, { x, y, width, height }: MarkArea): MarkArea | null {
  const [across, down] = [width / ACROSS, height / DOWN];
  const [right, bottom] = [x + width, y + height];
  const columns = [x + 2 * across, right - 2 * across] as const;
  const rows = [y + 2 * down, bottom - 2 * down] as const;
  const left = edge(plane, true, x, across, rows);
  const end = edge(plane, true, right, -across, rows);
  const top = edge(plane, false, y, down, columns);
  const foot = edge(plane, false, bottom, -down, columns);
  if (left === null || end === null || top === null || foot === null) return null;
  return { x: left, y: top, width: end - left, height: foot - top };
}

/**
 * Where the dark margin becomes the light frame, along a line across one side.
 *
 * @param inward A cell, towards the inside.
 * @param span The part of the side that is looked at.
 */
function edge(
  { luma, stride, width, height }: LumaPlane,
  isColumn: boolean,
  at: number,
  inward: number,
  span: readonly [number, number],
): number | null {
  const sign = inward < 0 ? -1 : 1;
  const reach = Math.ceil(Math.abs(inward) * 0.9);
  const limit = isColumn ? width : height;
  // The pixel that begins, or ends, at the edge.
  const middle = sign > 0 ? Math.round(at) : Math.round(at) - 1;
  const [from, to] = [Math.max(0, Math.floor(span[0])), Math.min(isColumn ? height : width, Math.ceil(span[1]))];
  const skip = Math.max(1, Math.floor((to - from) / 48));
  const profile: number[] = [];
  for (let i = -reach; i <= reach; i++) {
    const place = middle + sign * i;
    if (place < 0 || place >= limit) {
      profile.push(0);
      continue;
    }
    let [sum, count] = [0, 0];
    for (let k = from; k < to; k += skip, count++)
      sum += isColumn ? luma[k * stride + place] : luma[place * stride + k];
    profile.push(sum / count);
  }
  const dark = Math.min(...profile.slice(0, reach + 1));
  const light = Math.max(...profile.slice(reach));
  if (!(light - dark >= 24)) return null;
  const half = (light + dark) / 2;
  // The last step from dark to light before the lightest part: before it there may be a light background.
  let i = profile.indexOf(light, reach);
  while (i > 0 && profile[i - 1] > half) i--;
  if (i === 0) return null;
  const share = (profile[i] - half) / (profile[i] - profile[i - 1]);
  // Samples lie in the middles of pixels.
  return middle + sign * (i - reach - share) + 0.5;
}
