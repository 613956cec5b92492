import type { VideoComposition } from '../engine/composition.js';
import { parseRate } from '../signals/rate.js';
import type { VideoFormat } from './device-format.js';

/**
 * A composition at another size and rate: each layer is rendered at its share of the new size, so that one that covers
 * the picture still covers it.
 */
export function scaledComposition(composition: VideoComposition, format: VideoFormat): VideoComposition {
  const { width, height } = format;
  const frameRate = parseRate(format.frameRate);
  const [across, down] = [width / composition.width, height / composition.height];
  const layers = composition.layers.map((layer) => {
    const { signal } = layer;
    const left = even(layer.x * across);
    const top = even(layer.y * down);
    const right = even((layer.x + signal.width) * across);
    const bottom = even((layer.y + signal.height) * down);
    const size = { width: Math.max(2, right - left), height: Math.max(2, bottom - top) };
    return { ...layer, x: left, y: top, signal: { ...signal, ...size, frameRate } };
  });
  return { ...composition, width, height, frameRate, layers };
}

/** The nearest even number: chroma has half the columns and rows. */
const even = (pixels: number): number => 2 * Math.round(pixels / 2);
