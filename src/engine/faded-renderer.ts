import type { ToneRenderer } from '../signals/audio/tone-renderer.js';
import { smoothstep } from '../signals/maths.js';

/** A renderer whose samples fade in from sample number `start`, for `length` samples. */
export const fadedIn = (renderer: ToneRenderer, start: number, length: number): ToneRenderer =>
  faded(renderer, start, length, (k) => k);

/** A renderer whose samples fade out from sample number `start`, for `length` samples. */
export const fadedOut = (renderer: ToneRenderer, start: number, length: number): ToneRenderer =>
  faded(renderer, start, length, (k) => 1 - k);

const faded = (renderer: ToneRenderer, start: number, length: number, gainAt: (k: number) => number): ToneRenderer => ({
  render(planes, n) {
    renderer.render(planes, n);
    if (n >= start + length && gainAt(1) === 1) return;
    for (const plane of planes) {
      for (let i = 0; i < plane.length; i++) plane[i] *= gainAt(smoothstep((n + i - start) / length));
    }
  },
});
