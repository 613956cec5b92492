/** Samples of a steady waveform that are shown: three cycles of 1000 Hz at 48 kHz. */
const STEADY_LENGTH = 144;

/** Samples of one block, by which it is decided whether a waveform is steady. */
const BLOCK_LENGTH = 2400;

/**
 * The samples to show of a waveform: three cycles if it is steady, and all of them if its level or its frequency changes.
 */
export function typicalSamples(samples: Float32Array): Float32Array {
  const isSteady = variationOf(samples, peakOf) < 1.8 && variationOf(samples, zeroCrossings) < 2.5;
  return isSteady ? samples.subarray(0, STEADY_LENGTH) : samples;
}

/** The outline of samples as the points of a polyline, scaled so that the peak fills the height. */
export function outlineOf(samples: Float32Array, width: number, height: number): string {
  const columns = Math.min(samples.length, 2 * width);
  const peak = peakOf(samples) || 1;
  const point = (column: number, sample: number) =>
    `${((column * width) / (columns - 1)).toFixed(1)},${((height / 2) * (1 - sample / peak)).toFixed(1)}`;
  const parts = Array.from({ length: columns }, (_, column) => partOf(samples, column, columns));
  if (columns === samples.length) return parts.map(([sample], column) => point(column, sample)).join(' ');
  // Several samples share a column: the line runs from the lowest to the highest and, in the next column, back.
  return parts
    .flatMap((part, column) => {
      const [low, high] = [part.reduce((a, b) => Math.min(a, b)), part.reduce((a, b) => Math.max(a, b))];
      return column % 2 ? [point(column, high), point(column, low)] : [point(column, low), point(column, high)];
    })
    .join(' ');
}

/** One of a number of equal parts of the samples. It has at least one sample. */
function partOf(samples: Float32Array, index: number, parts: number): Float32Array {
  const start = (part: number) => Math.floor((part * samples.length) / parts);
  return samples.subarray(start(index), Math.max(start(index) + 1, start(index + 1)));
}

/** The ratio of the highest to the lowest value that blocks of the samples have: 1 is no variation. */
function variationOf(samples: Float32Array, measure: (block: Float32Array) => number): number {
  const blocks = Math.max(1, Math.floor(samples.length / BLOCK_LENGTH));
  const values = Array.from({ length: blocks }, (_, index) => measure(partOf(samples, index, blocks)));
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  return highest === 0 ? 1 : highest / Math.max(lowest, 1e-9);
}

const peakOf = (block: Float32Array) => block.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

const zeroCrossings = (block: Float32Array) =>
  block.reduce((count, sample, i) => count + Number(i > 0 && sample < 0 !== block[i - 1] < 0), 0);
