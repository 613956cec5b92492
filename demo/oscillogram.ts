/**
 * What to show of a tone: three cycles of one that sounds steadily, more of noise, and all that there is of one that
 * comes and goes or changes its pitch.
 */
export function tellingPart(samples: Float32Array): Float32Array {
  const steady = spread(samples, peak) < 1.8 && spread(samples, crossings) < 2.5;
  return steady ? samples.subarray(0, 144) : samples;
}

/** The outline of samples as the points of a polygon: `columns` wide, from −1 (below) to 1, so high that it fills the box. */
export function outlineOf(samples: Float32Array, width: number, height: number): string {
  const columns = Math.min(samples.length, 2 * width);
  const top = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) || 1;
  const point = (column: number, sample: number) =>
    `${((column * width) / (columns - 1)).toFixed(1)},${((height / 2) * (1 - sample / top)).toFixed(1)}`;
  const parts = Array.from({ length: columns }, (_, column) => part(samples, column, columns));
  if (columns === samples.length) return parts.map(([sample], column) => point(column, sample)).join(' ');
  return parts
    .flatMap((each, column) => {
      const [low, high] = [each.reduce((a, b) => Math.min(a, b)), each.reduce((a, b) => Math.max(a, b))];
      return column % 2 ? [point(column, high), point(column, low)] : [point(column, low), point(column, high)];
    })
    .join(' ');
}

function part(samples: Float32Array, index: number, parts: number): Float32Array {
  const at = (place: number) => Math.floor((place * samples.length) / parts);
  return samples.subarray(at(index), Math.max(at(index) + 1, at(index + 1)));
}

/** How much a measure differs between blocks: 1 is not at all. */
function spread(samples: Float32Array, measure: (block: Float32Array) => number): number {
  const blocks = Math.max(1, Math.floor(samples.length / 2400));
  const values = Array.from({ length: blocks }, (_, index) => measure(part(samples, index, blocks)));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return most === 0 ? 1 : most / Math.max(least, 1e-9);
}

const peak = (block: Float32Array) => block.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

const crossings = (block: Float32Array) =>
  block.reduce((count, sample, i) => count + Number(i > 0 && sample < 0 !== block[i - 1] < 0), 0);
